import { describe, expect, it } from 'vitest';

type Message = { id: string };
// The modules of the page are JavaScript for the browser: TypeScript learns here what they export.
type MessagesModule = {
  createMessages: () => {
    of: (channel: string) => readonly Message[] | null;
    read: (channel: string, read: () => Promise<readonly Message[]>, isWanted: () => boolean) => Promise<void>;
    put: (channel: string, message: Message) => void;
    remove: (channel: string, id: string) => void;
  };
};
const { createMessages }: MessagesModule = await import(
  new URL('../../src/sandbox/page/messages.js', import.meta.url).href
);

function message(id: string): Message {
  return { id };
}

const yes = () => true;

describe('createMessages', () => {
  it('keeps what came while a channel was being read, though the answer is older', async () => {
    const messages = createMessages();
    const { promise: answer, resolve } = Promise.withResolvers<Message[]>();
    const reading = messages.read('c', () => answer, yes);
    messages.put('c', message('2'));
    messages.remove('c', '1');
    resolve([message('0'), message('1')]);
    await reading;
    expect(messages.of('c')?.map(({ id }) => id)).toEqual(['0', '2']);
  });

  it('keeps it through a second answer that is older too', async () => {
    const messages = createMessages();
    const late = Promise.withResolvers<Message[]>();
    const second = messages.read('c', () => late.promise, yes);
    await messages.read('c', async () => [message('1')], yes);
    messages.put('c', message('2'));
    late.resolve([message('1')]);
    await second;
    expect(messages.of('c')?.map(({ id }) => id)).toEqual(['1', '2']);
  });

  it('leaves an answer that nobody wants any more', async () => {
    const messages = createMessages();
    await messages.read(
      'c',
      async () => [message('1')],
      () => false,
    );
    expect(messages.of('c')).toBeNull();
  });
});
