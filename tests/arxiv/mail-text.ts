/** Daily mails in the shape of arXiv's own, with what a test cares about. */
export type MailedPaper = {
  id: string;
  isCross?: boolean;
  title?: string;
  authors?: string;
  categories?: string;
  /** More fields, in their order. */
  fields?: readonly (readonly [name: string, text: string])[];
  /** Null: none, as replacements have it. */
  abstract?: readonly string[] | null;
  size?: string;
};

export type Mail = {
  subject?: string;
  date?: string;
  window?: string;
  new?: readonly MailedPaper[];
  cross?: readonly MailedPaper[];
  replace?: readonly MailedPaper[];
};

const rule = '-'.repeat(78);
const crossesLine = '%-'.repeat(39);
const replacementsLine = `${'%%--'.repeat(19)}%%`;
export const endLine = '%%%---'.repeat(13);

/** A mail of `math`, by default of Thursday, 3 February 2011. */
export function mailText(mail: Mail): string {
  const {
    date = 'Thu,  3 Feb 11 01:29:12 GMT',
    window = 'Tue  1 Feb 11 19:00:00 GMT  to  Wed  2 Feb 11 19:00:00 GMT',
  } = mail;
  const { new: news = [], cross = [], replace = [] } = mail;
  const crosses = cross.map((paper) => entryText({ isCross: true, ...paper }, false));
  return [
    `Date: ${date}`,
    `Subject: ${mail.subject ?? `math daily ${news.length} new + ${cross.length} crosses received`}`,
    '',
    rule,
    rule,
    'Send any comments regarding submissions directly to submitter.',
    rule,
    'Archives at http://arxiv.org/',
    'To unsubscribe, e-mail To: math@arXiv.org, Subject: cancel',
    rule,
    `received from  ${window}`,
    ...news.map((paper) => entryText(paper, false)),
    crossesLine,
    ...crosses,
    replacementsLine,
    ...replace.map((paper) => entryText({ abstract: null, ...paper }, true)),
    endLine,
    'For subscribe options to combined math archives,',
    'e-mail To: math@arxiv.org, Subject: subscribe',
    '',
  ].join('\n');
}

function entryText(paper: MailedPaper, isReplacement: boolean): string {
  const { id, isCross = false, title = `Paper ${id}`, authors = 'Jane Doe', categories = 'math.CO' } = paper;
  const { fields = [], abstract = [`Abstract of ${id}.`], size = '25kb,D' } = paper;
  const when = `${isReplacement ? 'replaced with revised version' : 'Date:'} Wed, 2 Feb 2011 08:03:26 GMT`;
  const all = [['Title', title], ['Authors', authors], ['Categories', categories], ...fields] as const;
  return [
    rule,
    '\\\\',
    `arXiv:${id}${isCross ? ' (*cross-listing*)' : ''}`,
    `${when}   (${size})`,
    '',
    ...all.map(([name, text]) => wrapped(`${name}: ${text}`, '', '  ')),
    ...(abstract === null ? [] : ['\\\\', ...abstract.map((paragraph) => wrapped(paragraph, '  ', ''))]),
    `\\\\ ( https://arxiv.org/abs/${id} ,  ${size.replace(/,.*/, '')})`,
  ].join('\n');
}

/** Lines of 79 characters at most, where blanks allow it. */
function wrapped(text: string, first: string, others: string): string {
  const lines: string[] = [];
  let line = first;
  let isFresh = true;
  for (const word of text.split(' ')) {
    if (!isFresh && line.length + 1 + word.length > 79) {
      lines.push(line);
      line = others + word;
    } else {
      line += isFresh ? word : ` ${word}`;
    }
    isFresh = false;
  }
  return [...lines, line].join('\n');
}
