/** What has to be closed, in the reverse order of its opening. */
export type Closing = {
  add(close: () => Promise<void>): void;
  /** Closes everything, once; what fails to close does not keep the rest open, and is thrown at the end. */
  close(): Promise<void>;
};

export function createClosing(): Closing {
  const opened: (() => Promise<void>)[] = [];
  return {
    add: (close) => void opened.push(close),
    close: async () => {
      const failures: unknown[] = [];
      for (let close = opened.pop(); close; close = opened.pop()) {
        await close().catch((error: unknown) => failures.push(error));
      }
      if (failures.length > 0) throw new AggregateError(failures, `${failures.length} parts could not be closed`);
    },
  };
}
