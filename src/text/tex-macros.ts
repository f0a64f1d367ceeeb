/**
 * Commands of journals and of authors' habit that Temml does not know, as Temml macros.
 * From AASTeX, MNRAS and the undefined commands counted in arXiv abstracts (2026-11).
 */
export const authorMacros: Readonly<Record<string, string>> = {
  '\\msun': 'M_\\odot',
  '\\Msun': 'M_\\odot',
  '\\lsun': 'L_\\odot',
  '\\Lsun': 'L_\\odot',
  '\\rsun': 'R_\\odot',
  '\\Rsun': 'R_\\odot',
  '\\zsun': 'Z_\\odot',
  '\\mjup': 'M_{\\rm Jup}',
  '\\mearth': 'M_\\oplus',
  '\\rearth': 'R_\\oplus',
  '\\sun': '\\odot',
  '\\earth': '\\oplus',
  '\\kms': '\\,\\mathrm{km\\,s^{-1}}',
  '\\kmps': '\\,\\mathrm{km\\,s^{-1}}',
  '\\micron': '\\mathrm{μm}',
  '\\um': '\\mathrm{μm}',
  '\\angstrom': '\\mathrm{Å}',
  '\\arcsec': '″',
  '\\arcmin': '′',
  '\\farcs': '.″',
  '\\farcm': '.′',
  '\\degr': '°',
  '\\degree': '°',
  '\\textdegree': '°',
  '\\la': '\\lesssim',
  '\\ga': '\\gtrsim',
  '\\lsim': '\\lesssim',
  '\\gsim': '\\gtrsim',
  '\\simlt': '\\lesssim',
  '\\simgt': '\\gtrsim',
  '\\ra': '\\rightarrow',
  '\\lra': '\\longrightarrow',
  '\\eps': '\\varepsilon',
  '\\sqrts': '\\sqrt{s}',
  '\\mbox': '\\text{#1}',
  '\\hbox': '\\text{#1}',
  '\\fbox': '\\text{#1}',
  '\\mathds': '\\mathbb{#1}',
  '\\mathbbm': '\\mathbb{#1}',
  '\\mycal': '\\mathcal',
  '\\pmb': '\\boldsymbol{#1}',
  '\\url': '\\text{#1}',
  '\\textsuperscript': '^{\\text{#1}}',
  '\\textsubscript': '_{\\text{#1}}',
  '\\ensuremath': '#1',
  '\\slashed': '#1\u0338',
  '\\nicefrac': '\\frac{#1}{#2}',
  '\\sfrac': '\\frac{#1}{#2}',
  '\\ket': '|#1\\rangle',
  '\\bra': '\\langle #1|',
  '\\abs': '|#1|',
  '\\norm': '\\|#1\\|',
};

/** `\la x\ra` is a mean, whatever `\la` is on its own. */
export const bracketMacros: Readonly<Record<string, string>> = { '\\la': '\\langle', '\\ra': '\\rangle' };

/** Commands that would change others, load or draw something: a formula that holds one is not given to Temml. */
export const refusedCommands =
  /\\(?:[gex]?def|let|futurelet|csname|(?:re)?newcommand|providecommand|DeclareMathOperator|definecolor|includegraphics|verb|char|rule|global|long)(?![A-Za-z])/;
