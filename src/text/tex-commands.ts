/** Commands of running text by what becomes of them. */

/** Go away; their braces and what is in them stay. */
export const unwrapped = words(
  'emph textbf textit texttt textsc textsl textsf textrm textmd textup textnormal text mbox hbox fbox underline uline' +
    ' bf it em rm tt sc sl sf bfseries itshape slshape scshape sffamily rmfamily ttfamily mdseries upshape normalfont' +
    ' tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge centering noindent protect relax xspace' +
    ' displaystyle textstyle boldmath unboldmath selectlanguage uppercase lowercase MakeUppercase nolinkurl url path' +
    ' enquote textquotesingle sout bigskip medskip smallskip romannumeral Romannumeral added',
);

/** Go away with their arguments: what they point at is not here. */
export const dropped = words(
  'cite citep citet citealt citealp citeauthor citeyear citeyearpar nocite ref eqref autoref cref Cref pageref label' +
    ' index vspace hspace begin end thanks footnotemark color pagestyle bibliographystyle bibliography vskip hskip' +
    ' deleted hypertarget',
);

/** Stand for their second argument. */
export const secondOfTwo = words('href hyperlink textcolor colorbox');

/** Stand for their first argument. */
export const firstOfTwo = words('texorpdfstring replaced');

/** Symbols that TeX's rule for a command's name is kept for: the blank behind them goes. */
export const tightSymbols = words(
  'textendash textemdash textasciitilde textasciicircum textquoteleft textquotedblleft textbackslash guillemotleft lq',
);

export const symbols: Readonly<Record<string, string>> = {
  ldots: '…',
  dots: '…',
  textellipsis: '…',
  textendash: '–',
  textemdash: '—',
  textquoteleft: '‘',
  textquoteright: '’',
  textquotedblleft: '“',
  textquotedblright: '”',
  textasciitilde: '~',
  textasciicircum: '^',
  textbackslash: '\\',
  textunderscore: '_',
  textbar: '|',
  textless: '<',
  textgreater: '>',
  textbullet: '•',
  textperiodcentered: '·',
  textregistered: '®',
  texttrademark: '™',
  textcopyright: '©',
  textmu: 'µ',
  textdegree: '°',
  degree: '°',
  deg: '°',
  degr: '°',
  copyright: '©',
  pounds: '£',
  textsterling: '£',
  euro: '€',
  texteuro: '€',
  S: '§',
  P: '¶',
  dag: '†',
  ddag: '‡',
  textperthousand: '‰',
  eg: 'e.g.',
  ie: 'i.e.',
  etc: 'etc.',
  etal: 'et al.',
  LaTeX: 'LaTeX',
  TeX: 'TeX',
  BibTeX: 'BibTeX',
  item: '•',
  newline: ' ',
  linebreak: ' ',
  par: '\n\n',
  quad: ' ',
  qquad: ' ',
  lq: '‘',
  rq: '’',
  textonehalf: '½',
  guillemotleft: '«',
  guillemotright: '»',
};

/** What a backslash before a sign that is no letter makes of it; a sign not named here stands for itself. */
export const signs: Readonly<Record<string, string>> = {
  ' ': ' ',
  '\n': '\n',
  '\t': ' ',
  '\\': ' ',
  ',': ' ',
  ';': ' ',
  ':': ' ',
  '>': ' ',
  '!': '',
  '/': '',
  '-': '',
  '@': '',
  '|': '‖',
};

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
