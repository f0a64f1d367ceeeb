import { OverwriteType, PermissionFlagsBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { effectivePermissions } from '../../src/discord/effective-permissions.ts';
import type { Overwrite } from '../../src/discord/effective-permissions.ts';

const { Administrator, EmbedLinks, SendMessages, ViewChannel } = PermissionFlagsBits;
const guild = {
  id: 'g',
  ownerId: 'ada',
  roles: [
    { id: 'g', permissions: String(ViewChannel | SendMessages) },
    { id: 'bots', permissions: String(EmbedLinks) },
    { id: 'admins', permissions: String(Administrator) },
  ],
};

function overwrite(id: string, type: OverwriteType, bits: { allow?: bigint; deny?: bigint }): Overwrite {
  return { id, type, allow: String(bits.allow ?? 0n), deny: String(bits.deny ?? 0n) };
}

describe('effectivePermissions', () => {
  it('adds up what everyone and the roles held may', () => {
    expect(effectivePermissions(guild, { id: 'bot', roles: ['bots'] }, [])).toBe(
      ViewChannel | SendMessages | EmbedLinks,
    );
    expect(effectivePermissions(guild, { id: 'bot', roles: [] }, [])).toBe(ViewChannel | SendMessages);
  });

  it('lets roles overrule everyone, and the member both', () => {
    const member = { id: 'bot', roles: ['bots'] };
    const everyone = overwrite('g', OverwriteType.Role, { deny: SendMessages });
    const role = overwrite('bots', OverwriteType.Role, { allow: SendMessages, deny: EmbedLinks });
    const self = overwrite('bot', OverwriteType.Member, { deny: SendMessages });
    expect(effectivePermissions(guild, member, [everyone])).toBe(ViewChannel | EmbedLinks);
    expect(effectivePermissions(guild, member, [role, everyone])).toBe(ViewChannel | SendMessages);
    expect(effectivePermissions(guild, member, [self, role, everyone])).toBe(ViewChannel);
  });

  it('passes over roles and members that are somebody else’s', () => {
    const others = [
      overwrite('admins', OverwriteType.Role, { deny: ViewChannel }),
      overwrite('mika', OverwriteType.Member, { deny: ViewChannel }),
    ];
    expect(effectivePermissions(guild, { id: 'bot', roles: [] }, others)).toBe(ViewChannel | SendMessages);
  });

  it('denies nothing to owners and administrators', () => {
    const denied = [overwrite('g', OverwriteType.Role, { deny: SendMessages })];
    expect(effectivePermissions(guild, { id: 'ada', roles: [] }, denied)).toBe(Administrator);
    expect(effectivePermissions(guild, { id: 'bot', roles: ['admins'] }, denied)).toBe(Administrator);
  });
});
