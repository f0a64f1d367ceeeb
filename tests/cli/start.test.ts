import { describe, expect, it } from 'vitest';
import { welcome } from '../../src/cli/start.ts';

describe('welcome', () => {
  const ready = { page: null, health: 'http://127.0.0.1:8420/healthz', discord: 'https://discord.com/api' };

  it('says where the bot is', () => {
    expect(welcome({ ...ready, standingBy: [] })).toContain('Connected to https://discord.com/api.');
    expect(welcome({ ...ready, page: 'http://127.0.0.1:8420/', standingBy: [] })).toContain(
      'Open http://127.0.0.1:8420/',
    );
  });

  it('does not call connected what stands by', () => {
    const text = welcome({ ...ready, standingBy: ['gateway', 'worker'] });
    expect(text).toContain('Standing by as gateway and worker: another process on this database does that.');
    expect(text).not.toContain('Connected');
  });
});
