import { AppError, messageOf } from '../lib/errors.ts';

/** What one look has found. `ok` null: it could not be done, for the reason in `found`. */
export type Finding = {
  readonly ok: boolean | null;
  /** One line for people. */
  readonly found: string;
  /** What to do about it; null where nothing is wrong. */
  readonly mend: string | null;
};

export type Check = Finding & { readonly name: string };

export function well(found: string): Finding {
  return { ok: true, found, mend: null };
}

export function ill(found: string, mend: string): Finding {
  return { ok: false, found, mend };
}

/** Checks that cannot be done, all for one reason. */
export function skipped(names: readonly string[], found: string): Check[] {
  return names.map((name) => ({ name, ...unknown(found) }));
}

export function unknown(found: string): Finding {
  return { ok: null, found, mend: null };
}

/**
 * Looks, and makes a finding of whatever is thrown meanwhile: no check ends those after it.
 *
 * @param mend what to do where the look itself fails
 */
export async function check(name: string, mend: string, look: () => Finding | Promise<Finding>): Promise<Check> {
  const { ok, found, mend: remedy } = await attempt(look, mend);
  return { name, ok, found: oneLine(found), mend: remedy };
}

async function attempt(look: () => Finding | Promise<Finding>, mend: string): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof AppError) return ill(error.message, mend);
    return ill(`the check met a bug: ${messageOf(error)}`, 'Please report it, with what you did.');
  }
}

/** Messages of several lines list their problems one a line. */
function oneLine(text: string): string {
  return text.replaceAll(/:?\n\s*/g, '; ').trim();
}
