/** What is done to a formula's source before Temml reads it. */

/** What means something in a paper but nothing, or something else, to a reader of one line. */
export function preparedFormula(formula: string): string {
  return (
    formula
      // Authors' own `\S`, `\P`, `\L`, `\O` are letters in a font; arXiv's filter makes the signs of those names of them, and ° of `\deg`.
      .replaceAll(/(?:§|\\S(?![A-Za-z]))(?=\s*[_^(])/g, '{S}')
      .replaceAll(/¶|\\P(?![A-Za-z])/g, '{P}')
      .replaceAll(/Ł|\\L(?![A-Za-z])/g, '{L}')
      .replaceAll(/(?:Ø|\\O(?![A-Za-z]))(?=\s*(?:[_^(]|\\left))/g, '{O}')
      // An accent of running text without an argument is some author's letter: `\H`, `\d x`.
      .replaceAll(/\\([vucdbkrtH])(?![A-Za-z{])/g, '{\\mathrm{$1}}')
      .replaceAll(/°(?=\s*(?:\(|\\left))/g, '\\deg ')
      .replaceAll(
        /\\(?:label|tag\*?|cite[a-z]*|ref|eqref)\s*\{[^{}]*\}|\\(?:nonumber|notag|boldmath|unboldmath|displaystyle|limits|nolimits)(?![A-Za-z])/g,
        ' ',
      )
      .replaceAll(
        /\\unicode\s*\{\s*(?:x([\dA-Fa-f]{2,6})|(\d{2,7}))\s*\}/g,
        (whole: string, hex?: string, decimal?: string) =>
          signText(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)) ?? whole,
      )
      // An address is no formula; of other links the text is one.
      .replaceAll(/\\href\s*\{[^{}]*\}(?=\s*\{\s*(?:https?:|www\.))/g, '\\text')
      .replaceAll(/\\href\s*\{[^{}]*\}/g, ' ')
      // `x_\rm eff` lacks the braces that Temml asks for.
      .replaceAll(/([_^])\s*(\\(?:tt|bf|it|rm|sf)(?:\s+[A-Za-z0-9]+|\s*\{[^{}]*\}))/g, '$1{$2}')
      // A name in words may have an underscore.
      .replaceAll(/\\(?:text[a-z]*|mbox|hbox)\s*\{[^{}$\\]*_[^{}$\\]*\}/g, (words) => words.replaceAll('_', '\\_'))
      .replaceAll(/(?<!\\)[%#]/g, '\\$&')
  );
}

/** MathJax's `\unicode{x2014}` as text; null for what is no sign of its own, or one of TeX's. */
function signText(codePoint: number): string | null {
  if (codePoint > 0x10_ff_ff) return null;
  const sign = String.fromCodePoint(codePoint);
  if (/[\p{C}\\{}$&#_^~]/u.test(sign)) return null;
  return `\\text{${sign}}`;
}

const runTogether =
  /^([Aa]lpha|[Bb]eta|[Gg]amma|[Dd]elta|epsilon|varepsilon|[Tt]heta|kappa|[Ll]ambda|[Ss]igma|[Oo]mega|nabla|partial)([A-Za-z])$|^(eta|mu|nu|rho|tau|phi|chi|psi|tilde|hat|bar|vec)([A-Z])$/;

/**
 * An unknown command with an argument is taken for a font, or for a function where its name is one (`\GF{5}`, `\bigO{n}`); one without
 * (or with empty braces) for a name, or for a sign that has run into the letter behind it (`\betaU`).
 */
export function withoutCommand(source: string, command: string): string {
  const name = command.slice(1);
  const [, long, anyLetter, short, capital] = runTogether.exec(name) ?? [];
  const [sign, letter] = [long ?? short, anyLetter ?? capital];
  const shown = /^big[oO]$/.test(name) ? 'O' : name;
  const text = shown.length > 2 ? `\\operatorname{${shown}}` : `\\mathrm{${shown}}`;
  const isFunction = /^(?:[A-Z][A-Za-z]+|big[oO])$/.test(name);
  const kept = !isFunction
    ? source
    : source.replaceAll(
        new RegExp(`\\\\${name}\\s*\\{((?:[^{}]|\\{[^{}]*\\})+)\\}`, 'g'),
        (_, argument: string) => `${text}(${argument})`,
      );
  return kept
    .replaceAll(new RegExp(`\\\\${name}(?![A-Za-z])\\s*(?=\\{(?!\\s*\\}))`, 'g'), ' ')
    .replaceAll(new RegExp(`\\\\${name}(?![A-Za-z])`, 'g'), () =>
      sign === undefined || letter === undefined ? text : `\\${sign} ${letter}`,
    );
}

/** A formula that was cut or mistyped: brackets without sizes, every brace with a partner, no columns without a table, one `^` or `_` at a time. */
export function mendedFormula(source: string): string {
  let open = 0;
  const balanced = source
    .replaceAll(/\\(?:left|right)\s*\.|\\(?:left|right|middle)(?![A-Za-z])/g, ' ')
    .replaceAll(/\\(?:begin|end)\s*\{[A-Za-z]*\*?\}(?:\{[lcr| ]*\})?|\\\\(?:\[[^\]]*\])?|(?<!\\)&/g, ' ')
    .replaceAll(/(\^(?:\w|\{[^{}]*\}))(?=\s*\^)|(_(?:\w|\{[^{}]*\}))(?=\s*_)/g, '$&{}')
    .replaceAll(/\\.|[{}]/gs, (sign) => {
      if (sign === '{') open += 1;
      else if (sign === '}' && open === 0) return '';
      else if (sign === '}') open -= 1;
      return sign;
    });
  return balanced + '}'.repeat(open);
}
