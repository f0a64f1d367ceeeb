/** Prefixes and units of siunitx by their names, as signs. */
const prefixes: Readonly<Record<string, string>> = {
  femto: 'f',
  pico: 'p',
  nano: 'n',
  micro: 'μ',
  milli: 'm',
  centi: 'c',
  deci: 'd',
  kilo: 'k',
  mega: 'M',
  giga: 'G',
  tera: 'T',
  peta: 'P',
};
const units: Readonly<Record<string, string>> = {
  meter: 'm',
  metre: 'm',
  second: 's',
  gram: 'g',
  kilogram: 'kg',
  ampere: 'A',
  kelvin: 'K',
  mole: 'mol',
  candela: 'cd',
  hertz: 'Hz',
  newton: 'N',
  pascal: 'Pa',
  joule: 'J',
  watt: 'W',
  coulomb: 'C',
  volt: 'V',
  farad: 'F',
  ohm: 'Ω',
  tesla: 'T',
  weber: 'Wb',
  henry: 'H',
  lumen: 'lm',
  lux: 'lx',
  electronvolt: 'eV',
  bar: 'bar',
  liter: 'L',
  litre: 'L',
  minute: 'min',
  hour: 'h',
  day: 'd',
  byte: 'B',
  bit: 'bit',
  decibel: 'dB',
  radian: 'rad',
  steradian: 'sr',
  percent: '%',
  degree: '°',
  degreeCelsius: '°C',
  celsius: '°C',
  angstrom: 'Å',
  parsec: 'pc',
  dalton: 'Da',
};

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const quantity = /\\(?:SI|qty)(?:\[[^\]{}\\]{0,80}\])?\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g;
const range = /\\(?:SIrange|qtyrange)(?:\[[^\]{}\\]{0,80}\])?\s*\{([^{}]*)\}\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g;
const bareUnit = /\\(?:si|unit)(?:\[[^\]{}\\]{0,80}\])?\s*\{([^{}]*)\}/g;
const bareNumber = /\\num(?:\[[^\]{}\\]{0,80}\])?\s*\{([^{}]*)\}/g;
const angle = /\\ang(?:\[[^\]{}\\]{0,80}\])?\s*\{([-+\d.]+)\}/g;

/**
 * The commands of siunitx, in text and formulas, as what they print: `\SI{5}{\giga\hertz}` → `5\,\text{GHz}`. What holds a unit or a number
 * that is not known stays as it is. Linear.
 */
export function expandUnits(source: string): string {
  if (!/\\(?:SI|qty|si|unit|num|ang)/.test(source)) return source;
  return source
    .replaceAll(range, (whole, from: string, to: string, unit: string) =>
      joined(whole, [numberOf(from), '–', numberOf(to), unitOf(unit)]),
    )
    .replaceAll(quantity, (whole, count: string, unit: string) => joined(whole, [numberOf(count), unitOf(unit)]))
    .replaceAll(bareUnit, (whole, unit: string) => joined(whole, [unitOf(unit)]).replace(/^\\,/, ''))
    .replaceAll(bareNumber, (whole, count: string) => joined(whole, [numberOf(count)]))
    .replaceAll(angle, (_, degrees: string) => `${degrees}\\text{°}`);
}

/** The parts in a row, or the whole command where one of them is not known. */
function joined(whole: string, parts: readonly (string | null)[]): string {
  return parts.includes(null) ? whole : parts.join('');
}

/** `3.2e-4` as `3.2×10⁻⁴`, `1.0(2)` and `1 +- 2` as they are; null for what is no number. */
function numberOf(text: string): string | null {
  const found = /^\s*([-+]?[\d.,]*)(?:\s*\(\d+\)|\s*(?:\+-|\\pm)\s*[\d.]+)?(?:\s*[eE]([-+]?)(\d{1,4}))?\s*$/.exec(text);
  if (found === null || text.trim() === '') return null;
  const [, , sign = '', power] = found;
  if (power === undefined) return text.trim().replace(/\s*(?:\+-|\\pm)\s*/, '±');
  const mantissa = text.trim().replace(/\s*[eE][-+]?\d+$/, '');
  const raised = Array.from(power, (digit) => superscripts[Number(digit)]).join('');
  return `${mantissa === '' ? '' : `${mantissa}×`}10${sign === '-' ? '⁻' : ''}${raised}`;
}

/** `\kilo\meter\per\second\squared` as `\,\text{km/s²}` and `km` as `\,\text{km}`; null for a unit that is not known. */
function unitOf(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === '') return '';
  if (!trimmed.includes('\\')) return /^[\p{L}%°/ ]+$/u.test(trimmed) ? `\\,\\text{${trimmed}}` : null;
  let line = '';
  let prefix = '';
  let power = '';
  for (const word of trimmed.split(/[\\\s.~]+/).filter((one) => one !== '')) {
    const unit = units[word] ?? abbreviation(word);
    if (prefixes[word] !== undefined) prefix += prefixes[word];
    else if (word === 'per') line += '/';
    else if (word === 'squared' || word === 'cubed') line += word === 'squared' ? '²' : '³';
    else if (word === 'square' || word === 'cubic') power = word === 'square' ? '²' : '³';
    else if (unit === undefined) return null;
    else {
      line += (line === '' || line.endsWith('/') ? '' : ' ') + prefix + unit + power;
      prefix = '';
      power = '';
    }
  }
  const glued = /^(?:%|°)$/.test(line);
  return `${glued ? '' : '\\,'}\\text{${line.replace('%', '\\%')}}`;
}

/** siunitx has `\km`, `\GHz` and `\um` for the usual ones. */
function abbreviation(word: string): string | undefined {
  return /^[A-Za-z]{1,3}$/.test(word) ? word.replace(/^u(?=.)/, 'μ') : undefined;
}
