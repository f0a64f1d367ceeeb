/**
 * Does `action` until it succeeds, at most once more than there are delays.
 *
 * @param how.isWorth whether what was thrown may pass by itself
 * @param how.delaysMs waits before the second try, the third and so on, in milliseconds
 * @param how.sleep is also told what was thrown, for a log line
 * @throws what is not worth another try, or what the last try threw
 */
export async function retry<T>(
  action: () => Promise<T>,
  how: {
    isWorth(thrown: unknown): boolean;
    readonly delaysMs: readonly number[];
    sleep(durationMs: number, thrown: unknown): Promise<void>;
  },
): Promise<T> {
  for (const delayMs of how.delaysMs) {
    try {
      return await action();
    } catch (thrown) {
      if (!how.isWorth(thrown)) throw thrown;
      await how.sleep(delayMs, thrown);
    }
  }
  return action();
}
