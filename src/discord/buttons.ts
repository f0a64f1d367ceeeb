import type {
  APIActionRowComponent,
  APIButtonComponent,
  APIButtonComponentWithCustomId,
  APIButtonComponentWithURL,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import { absUrl, pdfUrl } from '../domain/links.ts';
import type { Paper } from '../domain/paper.ts';
import { encodeCustomId, isPlainId } from './custom-id.ts';
import type { ButtonId } from './custom-id.ts';
import { limits } from './limits.ts';

export type ButtonRow = APIActionRowComponent<APIButtonComponent>;

/** Discord's numbers for what we use; discord.js' enumerations would load the whole library for the command line. */
const actionRow = 1 satisfies ComponentType.ActionRow;
const buttonType = 2 satisfies ComponentType.Button;
const secondary = 2 satisfies ButtonStyle.Secondary;
const linkStyle = 5 satisfies ButtonStyle.Link;

export function buttonRow(components: APIButtonComponent[]): ButtonRow {
  return { type: actionRow, components };
}

/** `face`: a label, or an emoji alone. */
export function actionButton(
  face: { readonly label: string } | { readonly emoji: string },
  id: ButtonId,
  disabled = false,
): APIButtonComponentWithCustomId {
  return {
    type: buttonType,
    style: secondary,
    custom_id: encodeCustomId(id),
    ...('label' in face ? { label: face.label } : { emoji: { name: face.emoji } }),
    ...(disabled ? { disabled } : {}),
  };
}

/**
 * One row for a paper: 👍, 👎, and links to arXiv; `Abstract` for a card, which shows only its beginning, and `Similar` where it is shown in full. A withdrawn paper has
 * no PDF worth opening; an identifier that is none of arXiv's has no buttons.
 *
 * @param post Discord id of the message that brought the paper, where this is another one
 */
export function paperRows(paper: Paper, shown: 'card' | 'full', post?: string): ButtonRow[] {
  if (!isPlainId(paper.id)) return [];
  // No identifier of arXiv's is so long that both do not fit.
  const from = post !== undefined && paper.id.length <= 60 ? { post } : {};
  const marks = [
    actionButton({ emoji: '👍' }, { action: 'up', paper: paper.id, ...from }),
    actionButton({ emoji: '👎' }, { action: 'down', paper: paper.id, ...from }),
  ];
  // Five in a row.
  const abstract = shown === 'card' ? [actionButton({ label: 'Abstract' }, { action: 'more', paper: paper.id })] : [];
  const similar = shown === 'full' ? [actionButton({ label: 'Similar' }, { action: 'similar', paper: paper.id })] : [];
  const pdf = paper.withdrawn ? [] : [linkButton('PDF', pdfUrl(paper.id))];
  return [buttonRow([...abstract, ...marks, ...similar, linkButton('arXiv', absUrl(paper.id)), ...pdf])];
}

/** Buttons to the pages before and after, disabled where there is none. Their ids must differ even so: Discord refuses the same twice. */
export function turningRow(
  before: { readonly id: ButtonId; readonly isThere: boolean },
  after: { readonly id: ButtonId; readonly isThere: boolean },
): ButtonRow {
  return buttonRow([
    actionButton({ label: 'Previous' }, before.id, !before.isThere),
    actionButton({ label: 'Next' }, after.id, !after.isThere),
  ]);
}

/** Numbered buttons, each of which opens the abstract of one paper: the `n`-th of a list gets `first + n`, in rows of five. */
export function numberRows(papers: readonly Paper[], first: number): ButtonRow[] {
  const seen = new Set<string>();
  const buttons = papers.flatMap(({ id }, index) => {
    // Discord refuses the same custom id twice in a message.
    if (!isPlainId(id) || seen.has(id)) return [];
    seen.add(id);
    return [actionButton({ label: String(first + index) }, { action: 'more', paper: id })];
  });
  const rows: ButtonRow[] = [];
  for (let at = 0; at < buttons.length; at += limits.buttonsPerRow) {
    rows.push(buttonRow(buttons.slice(at, at + limits.buttonsPerRow)));
  }
  return rows;
}

function linkButton(label: string, url: string): APIButtonComponentWithURL {
  return { type: buttonType, style: linkStyle, label, url };
}
