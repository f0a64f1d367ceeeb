import type { SandboxState } from './state.ts';

const colours = { admin: '#b4453c', member: '#2f7d6d', outsider: '#6b6f80', bot: '#33539e' } as const;

/** The picture of a person, drawn here: a letter on its colour, and a folded newspaper for the bot. Null for nobody. */
export function avatarSvg(id: string, state: SandboxState): string | null {
  const person = state.people.byId(id);
  if (person === undefined) return null;
  const drawing =
    person.role === 'bot'
      ? newspaper
      : `<text x="64" y="66" fill="#fff" font-family="sans-serif" font-size="64" font-weight="600" text-anchor="middle" dominant-baseline="central">${escaped(person.name.slice(0, 1))}</text>`;
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 128 128" width="128" height="128" role="img">',
    `<title>${escaped(person.name)}</title><rect width="128" height="128" fill="${colours[person.role]}"/>${drawing}</svg>`,
  ].join('');
}

const newspaper = [
  '<path d="M26 30h66v62a8 8 0 0 0 8 8H36a10 10 0 0 1-10-10z" fill="#fdfaf1"/>',
  '<path d="M92 46h12v46a6 6 0 0 1-12 0z" fill="#dcd5c0"/>',
  '<path d="M34 38h50v10H34z" fill="#33539e"/><path d="M34 55h22v20H34z" fill="#b9c3db"/>',
  '<g stroke="#6f7788" stroke-width="4"><path d="M62 57h22M62 65h22M62 73h22M34 83h50M34 91h50"/></g>',
].join('');

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
