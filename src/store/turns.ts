/**
 * Lets one at a time pass, in the order they came. Resolves to the function that ends the turn; to end it twice does no harm.
 */
export type Turns = () => Promise<() => void>;

export function createTurns(): Turns {
  let last: Promise<void> = Promise.resolve();
  return async () => {
    const before = last;
    const { promise, resolve } = Promise.withResolvers<void>();
    last = promise;
    await before;
    return resolve;
  };
}
