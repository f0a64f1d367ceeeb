import { describe, expect, it } from 'vitest';
import { createClosing } from '../../src/app/closing.ts';

describe('createClosing', () => {
  it('closes in the reverse order, once', async () => {
    const closed: string[] = [];
    const closing = createClosing();
    for (const part of ['store', 'gateway', 'web']) closing.add(async () => void closed.push(part));
    await closing.close();
    await closing.close();
    expect(closed).toEqual(['web', 'gateway', 'store']);
  });

  it('closes the rest when a part fails, and then says so', async () => {
    const closed: string[] = [];
    const closing = createClosing();
    closing.add(async () => void closed.push('store'));
    closing.add(() => Promise.reject(new Error('stuck')));
    await expect(closing.close()).rejects.toThrow('1 parts could not be closed');
    expect(closed).toEqual(['store']);
  });
});
