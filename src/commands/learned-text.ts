import { codeSpan } from './wish-text.ts';

/** What people's marks made of a subscription. */
export type Learned = {
  /** Papers that count as 👍, and as 👎. */
  readonly up: number;
  readonly down: number;
  /** Terms that now count for more, or for less where the weight is negative; the strongest first. */
  readonly terms: readonly { readonly text: string; readonly weight: number }[];
};

/** `+speculative decoding, −survey (from 5 👍, 2 👎)`. */
export function learnedText({ up, down, terms }: Learned): string {
  const from = marksText({ up, down });
  if (from === '') return 'Nothing yet: 👍 and 👎 under its posts teach it.';
  if (terms.length === 0) return `From ${from}, no word stands out yet.`;
  const signed = terms.map(({ text, weight }) => `${weight < 0 ? '−' : '+'}${codeSpan(text, 60)}`);
  return `${signed.join(', ')} (from ${from})`;
}

/** `5 👍, 2 👎`; empty for none. */
export function marksText({ up, down }: Pick<Learned, 'up' | 'down'>): string {
  return [...(up > 0 ? [`${up} 👍`] : []), ...(down > 0 ? [`${down} 👎`] : [])].join(', ');
}
