import type { PageKind, SectionTitle } from './sections.ts';
import { parseSectionTitle } from './sections.ts';
import type { EntryMarker, Line } from './text-lines.ts';
import { parseEntryMarker } from './text-lines.ts';
import { quote } from './unreadable.ts';
import type { Complain } from './unreadable.ts';

/** The lines of one entry: its marker and what stands below. */
export type TextBlock = { readonly line: number; readonly marker: EntryMarker; readonly content: readonly Line[] };

/** Entries that stand under or above one section title; null where the title was lost. */
export type TextPart = {
  readonly blocks: readonly TextBlock[];
  readonly title: (SectionTitle & { readonly line: number }) | null;
};

export type TextParts = {
  /** In the order of the page. */
  readonly parts: readonly TextPart[];
  /** What `Total of N entries` declares. */
  readonly total: number | null;
  /** True where the last line belongs to an entry: nothing behind it shows that the entry is whole. */
  readonly endsInEntry: boolean;
};

/**
 * Groups the lines below the date heading into entries and sections.
 *
 * A title belongs to the entries above it when the first entry comes before the first title, as where an extractor moved headings
 * behind their lists, else to those below.
 */
export function textParts(lines: readonly Line[], complain: Complain): TextParts {
  const first = lines.find((line) => parseEntryMarker(line.text) !== null || isCountedTitle(line.text));
  const titlesAbove = first !== undefined && isCountedTitle(first.text);
  const parts: { blocks: { line: number; marker: EntryMarker; content: Line[] }[]; title: TextPart['title'] }[] = [];
  let open: (typeof parts)[number] | null = null;
  let total: number | null = null;
  let endsInEntry = false;

  for (const line of lines) {
    const marker = parseEntryMarker(line.text);
    const title = parseSectionTitle(line.text);
    const declaredTotal = /^Total of (\d+) entries\b/.exec(line.text)?.[1];
    // Between two entries a dash can only open the next one.
    const isCutMarker = parts.length > 0 && !endsInEntry && line.text.startsWith('-');
    if (marker === 'broken' || (marker === null && isCutMarker)) {
      throw complain(line.number, `${quote(line.text)} is no whole marker of an entry; ${remedy}`);
    }
    if (/^(?:New|Cross|Replacement) submissions \(/.test(line.text) && title === null) {
      throw complain(line.number, `${quote(line.text)} is no whole section title; ${remedy}`);
    }
    endsInEntry = marker !== null || (title === null && declaredTotal === undefined && endsInEntry);

    if (marker !== null) {
      if (open === null) parts.push((open = { blocks: [], title: null }));
      open.blocks.push({ line: line.number, marker, content: [] });
    } else if (title !== null) {
      const ofIndex = title.total === null && open === null; // the page's own table of contents
      if (ofIndex) continue;
      if (open === null || titlesAbove) parts.push((open = { blocks: [], title: null }));
      open.title = { ...title, line: line.number };
      if (!titlesAbove) open = null;
    } else if (declaredTotal !== undefined) {
      total = Number(declaredTotal);
    } else if (endsInEntry) {
      open?.blocks.at(-1)?.content.push(line);
    }
  }
  return { parts, total, endsInEntry };
}

/** What to do about a listing that breaks off. */
export const remedy = 'the listing seems cut or altered, fetch it again';

/** The kinds of consecutive entries of a part without title, one run a kind. */
export function runsOf(kinds: readonly PageKind[]): readonly { readonly kind: PageKind; readonly parsed: number }[] {
  const runs: { kind: PageKind; parsed: number }[] = [];
  for (const kind of kinds) {
    const last = runs.at(-1);
    if (last?.kind === kind) last.parsed += 1;
    else runs.push({ kind, parsed: 1 });
  }
  return runs;
}

function isCountedTitle(text: string): boolean {
  return parseSectionTitle(text)?.total != null;
}
