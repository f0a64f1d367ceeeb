import { InvalidArgumentError } from 'commander';

/** A port number, 0 to 65,535. */
export function port(text: string): number {
  return wholeNumber(0, 65_535)(text);
}

/** A reader of whole numbers from `min` to `max`. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) {
      throw new InvalidArgumentError(`Expected a whole number from ${min} to ${max}.`);
    }
    return value;
  };
}

/** An ISO date such as 2025-05-23. */
export function isoDate(text: string): string {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString();
  } catch (error) {
    if (error instanceof RangeError) throw new InvalidArgumentError('Expected an ISO date such as 2025-05-23.');
    throw error;
  }
}
