import { html, nothing } from 'lit';
import { channelTypes, isForum } from './world.js';

/** Drawings of the page; all decoration, named by what they stand beside. @param {string} path of a 24 by 24 drawing @param {string} [className] */
function icon(path, className = '') {
  return html`<svg class=${className || nothing} viewBox="0 0 24 24" aria-hidden="true">
    <path fill-rule="evenodd" d=${path} />
  </svg>`;
}

export const letter = icon(
  'M3 6.500A2.500 2.500 0 0 1 5.500 4h13A2.500 2.500 0 0 1 21 6.500l-9 5.600-9-5.600Zm0 2.300 8.500 5.300a1 1 0 0 0 1 0L21 8.800v8.700a2.500 2.500 0 0 1-2.500 2.500h-13A2.500 2.500 0 0 1 3 17.500V8.800Z',
);
export const sun = icon(
  'M12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10Zm-1-6h2v4h-2V1Zm0 18h2v4h-2v-4ZM1 11h4v2H1v-2Zm18 0h4v2h-4v-2ZM4.200 2.800 7 5.600 5.600 7 2.800 4.200l1.400-1.400ZM18.400 17l2.800 2.800-1.400 1.400-2.800-2.800 1.400-1.400ZM19.800 2.800l1.400 1.400L18.400 7 17 5.600l2.800-2.800ZM5.600 17 7 18.400l-2.800 2.800-1.400-1.400L5.600 17Z',
);
export const chevrons = icon('m12 3 5 6H7l5-6Zm0 18-5-6h10l-5 6Z', 'chevrons');
export const chevron = icon(
  'M5.300 9.300a1 1 0 0 1 1.400 0l5.300 5.300 5.300-5.300a1 1 0 1 1 1.400 1.400l-6 6a1 1 0 0 1-1.400 0l-6-6a1 1 0 0 1 0-1.400Z',
  'chevron',
);
export const cross = icon(
  'M17.300 18.700a1 1 0 0 0 1.400-1.400L13.400 12l5.300-5.300a1 1 0 0 0-1.400-1.400L12 10.600 6.700 5.300a1 1 0 0 0-1.400 1.400l5.300 5.300-5.300 5.300a1 1 0 1 0 1.400 1.400l5.300-5.300 5.300 5.300Z',
);
export const menuLines = icon('M3 5h18v2H3V5Zm0 6h18v2H3v-2Zm0 6h18v2H3v-2Z');
export const people = icon(
  'M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm0 2c-4 0-7 2.300-7 5.500 0 .9.700 1.500 1.500 1.500h11c.8 0 1.500-.6 1.500-1.500C16 15.300 13 13 9 13Zm6.500-2.200a4 4 0 0 0 0-7.600 6 6 0 0 1 0 7.600Zm1.700 2.500c1.400 1.300 2.200 3.100 2.200 5.200 0 .5-.1 1-.3 1.500h1.400c.8 0 1.500-.6 1.500-1.500 0-2.700-2-4.600-4.800-5.200Z',
);
export const padlock = icon(
  'M6 10V8a6 6 0 1 1 12 0v2a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-8c0-1.100.9-2 2-2Zm3 0h6V8a3 3 0 1 0-6 0v2Z',
);
export const pin = icon(
  'M19.400 11 17 8.600V4h1V2H6v2h1v4.600L4.600 11a2 2 0 0 0-.6 1.400V14a1 1 0 0 0 1 1h6v6l1 2 1-2v-6h6a1 1 0 0 0 1-1v-1.600a2 2 0 0 0-.6-1.400Z',
);
export const bubble = icon(
  'M12 3C6.500 3 2 6.900 2 11.700c0 2.600 1.300 4.900 3.400 6.500L5 21.400c0 .4.400.7.800.5l3.900-1.800c.7.2 1.500.2 2.300.2 5.500 0 10-3.900 10-8.600S17.500 3 12 3Z',
);
export const plus = icon('M13 5a1 1 0 1 0-2 0v6H5a1 1 0 1 0 0 2h6v6a1 1 0 1 0 2 0v-6h6a1 1 0 1 0 0-2h-6V5Z');

const hash =
  'M10.990 3.160A1 1 0 1 0 9 2.840L8.150 8H4a1 1 0 0 0 0 2h3.820l-.67 4H3a1 1 0 1 0 0 2h3.820l-.8 4.840a1 1 0 0 0 1.970.320L8.850 16h4.970l-.8 4.840a1 1 0 0 0 1.970.320l.86-5.160H20a1 1 0 1 0 0-2h-3.820l.67-4H21a1 1 0 1 0 0-2h-3.820l.8-4.840a1 1 0 1 0-1.970-.320L15.150 8h-4.970l.81-4.840ZM14.150 14l.67-4H9.850l-.67 4h4.970Z';
const megaphone =
  'M19.600 3.200A1 1 0 0 1 21 4v13.600a1 1 0 0 1-1.400.9C16.700 17.200 14 16.500 11 16.200V20a1.500 1.500 0 0 1-1.500 1.500h-1A1.500 1.500 0 0 1 7 20v-4H6a4 4 0 0 1-4-4v-2.500a4 4 0 0 1 4-4h3c4 0 7.200-.7 10.600-2.300ZM19 5.500a29 29 0 0 1-8 1.900v6.800c2.800.2 5.400.8 8 1.800V5.500Z';
const loudspeaker =
  'M12 3a1 1 0 0 0-1-1h-.1a1 1 0 0 0-.6.200L5.800 6H3a1 1 0 0 0-1 1v10a1 1 0 0 0 1 1h2.800l4.500 3.800c.2.100.4.200.6.200h.1a1 1 0 0 0 1-1V3Zm3.100 17.700c-.6.100-1.100-.4-1.100-1v-.1c0-.5.300-.9.800-1a7 7 0 0 0 0-13.200c-.5-.1-.8-.5-.8-1v-.1c0-.6.500-1.100 1.100-1a9 9 0 0 1 0 17.400Zm.1-5c-.6.200-1.200-.3-1.200-1v-.1c0-.4.300-.8.600-1a2.500 2.500 0 0 0 0-3.300 1.200 1.200 0 0 1-.6-1v-.1c0-.6.600-1.100 1.200-1a4.500 4.500 0 0 1 0 7.500Z';
const posts =
  'M18.900 22.900a1 1 0 0 1-.9.100l-3-1.300c-.6.100-1.100.2-1.700.2-2.900 0-5.400-1.400-6.700-3.500.6.100 1.200.1 1.800.1 5.200 0 9.500-3.500 9.600-8.100A7.300 7.300 0 0 1 21.500 16c0 1.600-.6 3-1.600 4.100v2.100a1 1 0 0 1-1 .7ZM8.500 1.500c-4 0-7.300 2.900-7.300 6.600 0 1.500.6 2.900 1.500 4v2.700a1 1 0 0 0 1.400.9l2.600-1.200c.6.100 1.200.2 1.800.2 4 0 7.300-2.900 7.300-6.600s-3.300-6.600-7.300-6.600Z';
const thread =
  'M12 2.800a1 1 0 0 0-1-1H5.500A3.500 3.500 0 0 0 2 5.300v8.200A3.500 3.500 0 0 0 5.500 17H6v3.600a.7.700 0 0 0 1.200.5l4-4.100h.3v-2.600a4 4 0 0 1 4-4H22V5.300a3.500 3.500 0 0 0-3.500-3.500H14v8a1 1 0 1 1-2 0v-7Zm1.500 11.600c0-1.100.9-2 2-2h5c1.100 0 2 .9 2 2v4.200a2 2 0 0 1-2 2h-.3v1.600a.5.500 0 0 1-.9.300l-1.800-1.900h-2a2 2 0 0 1-2-2v-4.200Z';

export const threadIcon = icon(thread, 'hash');

/** What kind of channel it is. @param {{ type: number }} channel @param {boolean} [isLocked] not for everybody */
export function channelIcon(channel, isLocked = false) {
  const path =
    channel.type === channelTypes.announcement
      ? megaphone
      : channel.type === channelTypes.voice
        ? loudspeaker
        : isForum(channel)
          ? posts
          : hash;
  return html`<span class="kind"
    >${icon(path, 'hash')}${isLocked ? html`<span class="lock">${padlock}</span>` : nothing}</span
  >`;
}

/** Discord's name of the kind, for people who hear the page. @param {{ type: number }} channel */
export function kindName(channel) {
  if (channel.type === channelTypes.announcement) return 'Announcement channel';
  if (channel.type === channelTypes.voice) return 'Voice channel';
  return isForum(channel) ? 'Forum' : 'Text channel';
}
