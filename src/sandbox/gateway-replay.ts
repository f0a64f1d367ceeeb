/** How many events a session keeps for a client that comes back. */
const maxEvents = 1_000;
/** Their characters together, of one session; gateway-room.ts bounds those of all. */
const maxCharacters = 8 * 1024 * 1024;
/** Room of events that were dropped is given back in blocks of this many, so that an event costs O(1). */
const blockSize = 1_000;

/** The youngest events of a session, in order, numbered from 1 on. */
export function createReplay() {
  /** What stands before `head` was dropped. */
  let kept: string[] = [];
  let head = 0;
  let characters = 0;
  let last = 0;

  return {
    /** Keeps the event whose number is the next; '' stands for one that is never sent again. */
    keep(event: string): void {
      last += 1;
      kept.push(event);
      characters += event.length;
      while (kept.length - head > maxEvents || characters > maxCharacters) {
        characters -= kept[head]?.length ?? 0;
        kept[head] = '';
        head += 1;
      }
      if (head < blockSize) return;
      kept = kept.slice(head);
      head = 0;
    },
    /** Of all events that are kept. */
    characters: (): number => characters,
    forget(): void {
      kept = [];
      head = 0;
      characters = 0;
    },
    /** The number of the youngest event, 0 before the first. */
    lastSeq: (): number => last,
    /** The events after number `seq`, oldest first; null where some of them are no longer there. */
    after(seq: number): readonly string[] | null {
      const first = last - (kept.length - head) + 1;
      if (seq + 1 < first) return null;
      return kept.slice(head + seq + 1 - first).filter((event) => event !== '');
    },
  };
}
