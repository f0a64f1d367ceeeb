import type { Page } from 'playwright-core';

/** Who is there to be chosen on the stage. */
const choices = {
  users: ['Ada', 'Mika', 'Otto'].map((name, at) => ({ id: `10${at}`, name, avatar: '/page/icon.svg' })),
  roles: [
    { id: '200', name: 'Moderators', color: 0xe6_7e_22 },
    { id: '201', name: 'Readers', color: 0 },
  ],
  channels: [
    { id: '300', name: 'general', type: 0 },
    { id: '301', name: 'news', type: 5 },
    { id: '302', name: 'Lounge', type: 2 },
    {
      id: '303',
      name: 'Is a very long name of a thread still one line of the message that mentions it, or several?',
      type: 11,
    },
  ],
};

/** A message of the bot's at a fixed time, with what matters to the test. */
export function message(change: object = {}, id = '1000') {
  return {
    id,
    channel_id: '300',
    author: { id: '1', username: 'Paperboy', bot: true },
    content: '',
    timestamp: '2026-03-01T12:00:00.000000+00:00',
    edited_timestamp: null,
    type: 0,
    flags: 0,
    ...change,
  };
}

/**
 * Draws messages with the page's own modules in its own document, as though a server had sent them.
 *
 * @param messages each with a time of its own or that of `message()`
 * @param hands which of the optional things a person can do
 * @param reader who reads, with the ids of their roles
 */
export async function stageMessages(
  page: Page,
  messages: readonly object[],
  hands: readonly ('react' | 'menu' | 'openThread')[] = ['react', 'menu', 'openThread'],
  reader = { user: '102', roles: ['201'] },
): Promise<void> {
  await page.evaluate(`(async () => {
    const { createMessageLog } = await import('/page/message-log.js');
    const root = document.createElement('div');
    root.id = 'log';
    document.getElementById('log').replaceWith(root);
    const heard = (window.heard = []);
    const hear = (name) => (...given) => {
      heard.push([name, ...given.map((each) => each?.id ?? each)]);
    };
    const menu = () => [
      { label: 'Create Thread', run: hear('thread') },
      { label: 'Delete Message', run: hear('delete'), isGrave: true },
      { label: 'Apps', entries: [{ label: 'Save for later', run: hear('save') }] },
    ];
    const hands = ${JSON.stringify(hands)};
    const choices = ${JSON.stringify(choices)};
    const named = (list) => (id) => list.find((each) => each.id === id)?.name ?? null;
    createMessageLog(root).draw({
      channel: 'stage',
      label: 'Stage',
      opening: null,
      messages: ${JSON.stringify(messages)},
      light: document.documentElement.dataset.theme === 'light',
      around: {
        names: { user: named(choices.users), role: named(choices.roles), channel: named(choices.channels), isThread: (id) => id === '303' },
        avatarOf: () => '/page/icon.svg',
        colourOf: (id) => (id === '100' ? 'rgb(230, 126, 34)' : null),
        reader: ${JSON.stringify(reader)},
        press: async (message, pressed) => hear('press')(message, pressed),
        dismiss: hear('dismiss'),
        choices,
        react: hands.includes('react') ? hear('react') : undefined,
        menu: hands.includes('menu') ? menu : undefined,
        openThread: hands.includes('openThread') ? hear('openThread') : undefined,
      },
    });
  })()`);
}

/** Opens a form in the same manner; what is submitted is heard, or refused with a sentence. */
export async function stageModal(page: Page, modal: object, refusal = ''): Promise<void> {
  await page.evaluate(`(async () => {
    const { drawModal } = await import('/page/modal.js');
    const root = document.getElementById('dialog').cloneNode();
    document.getElementById('dialog').replaceWith(root);
    const heard = (window.heard = []);
    const around = {
      names: { user: () => null, channel: () => null },
      choices: ${JSON.stringify(choices)},
      bot: 'Paperboy',
    };
    const moves = {
      submitModal: async (fields) => {
        if (${JSON.stringify(refusal)}) throw new Error(${JSON.stringify(refusal)});
        heard.push(['submit', fields]);
      },
      closeModal: () => {
        heard.push(['close']);
        drawModal(root, null, moves, around);
      },
    };
    drawModal(root, ${JSON.stringify(modal)}, moves, around);
  })()`);
}

/** What people did on the stage, in order. */
export const heard = (page: Page): Promise<unknown> => page.evaluate('window.heard');
