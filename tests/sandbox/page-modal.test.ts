import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { withBrowser } from './page-browser.ts';
import { heard, stageModal } from './page-stage.ts';
import { runSandbox } from './running-sandbox.ts';

const openPage = withBrowser();

const label = (text: string, component: object, description?: string) => ({
  type: 18,
  label: text,
  description,
  component,
});
const options = ['Cards', 'Digest'].map((each) => ({ label: each, value: each.toLowerCase() }));
const modal = (...components: readonly object[]) => ({ custom_id: 'edit', title: 'Change the alert', components });
const query = label('Query', { type: 4, custom_id: 'query', style: 1, min_length: 3, max_length: 10 }, 'As in /search');

const file = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from('é') });

async function stage(form: object, refusal?: string) {
  const sandbox = await runSandbox();
  const { page, problems } = await openPage(sandbox, 'general');
  await stageModal(page, form, refusal);
  return { page, problems, dialog: page.getByRole('dialog', { name: 'Change the alert' }) };
}

const submit = (page: Page) => page.getByRole('button', { name: 'Submit' }).click();

describe('forms on the page', () => {
  it('sends every kind of field under its custom id', async () => {
    const { page, dialog, problems } = await stage(
      modal(
        { type: 10, content: 'Tell **what** to look for.' },
        query,
        label('Note', { type: 4, custom_id: 'note', style: 2, required: false, value: 'old' }),
        label('Style', { type: 3, custom_id: 'style', options }),
        label('People', { type: 5, custom_id: 'people', max_values: 2, default_values: [{ id: '100', type: 'user' }] }),
        label('Order', { type: 21, custom_id: 'order', options }),
        label('None', { type: 21, custom_id: 'none', options, required: false }),
        label('Also', { type: 22, custom_id: 'also', options: options.map((each) => ({ ...each, default: true })) }),
        label('Ping me', { type: 23, custom_id: 'ping' }),
        label('Bibliography', { type: 19, custom_id: 'files', max_values: 2 }),
      ),
    );
    await dialog.getByText('Tell what to look for.').waitFor();
    const first = dialog.getByRole('textbox', { name: 'Query' });
    expect(await page.locator(':focus').getAttribute('id')).toBe(await first.getAttribute('id'));
    await page.keyboard.type('gossip');
    expect(await dialog.getByText('6/10').isVisible()).toBe(true);
    await dialog.getByRole('textbox', { name: 'Note' }).fill('two\nlines');
    await dialog.getByRole('combobox', { name: 'Style' }).click();
    await dialog.getByRole('option', { name: 'Digest' }).click();
    await dialog.getByRole('combobox', { name: 'People' }).fill('mik');
    await page.keyboard.press('Enter');
    await dialog.getByRole('radiogroup', { name: 'Order' }).getByRole('radio', { name: 'Cards' }).check();
    await dialog.getByRole('group', { name: 'Also' }).getByRole('checkbox', { name: 'Digest' }).uncheck();
    await dialog.getByRole('checkbox', { name: 'Ping me' }).check();
    const upload = dialog.getByLabel('Bibliography');
    await upload.setInputFiles([file('a.bib'), file('b.bib')]);
    await dialog.getByRole('button', { name: 'Remove a.bib' }).click();
    await submit(page);
    await expect
      .poll(() => heard(page))
      .toEqual([
        [
          'submit',
          {
            query: 'gossip',
            note: 'two\nlines',
            style: ['digest'],
            people: ['100', '101'],
            order: 'cards',
            also: ['cards'],
            ping: true,
            files: [{ name: 'b.bib', type: 'text/plain', data: 'w6k=' }],
          },
        ],
      ]);
    expect(problems).toEqual([]);
  });

  it('says at each field what is wrong, and goes to the first', async () => {
    const { page, dialog } = await stage(
      modal(
        label('Fine', { type: 4, custom_id: 'fine', style: 1, required: false }),
        query,
        label('Style', { type: 3, custom_id: 'style', options }),
        label('Also', { type: 22, custom_id: 'also', options, min_values: 2 }),
      ),
    );
    await dialog.getByRole('checkbox', { name: 'Cards' }).check();
    await submit(page);
    const said = () => dialog.locator('.field-problem').allInnerTexts();
    expect(await said()).toEqual(['', 'This field is required.', 'This field is required.', 'Choose at least 2.']);
    const first = dialog.getByRole('textbox', { name: 'Query' });
    expect(await first.getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator(':focus').getAttribute('id')).toBe(await first.getAttribute('id'));
    await page.keyboard.type('ab');
    await submit(page);
    expect((await said())[1]).toBe('Must be 3 or more in length.');
    await page.keyboard.type('cdefghijkl');
    expect(await first.inputValue()).toBe('abcdefghij');
    expect(await heard(page)).toEqual([]);
  });

  it('takes a form of the older kind, and shows why it was refused', async () => {
    const old = { type: 1, components: [{ type: 4, custom_id: 'q', style: 1, label: 'Query', value: 'gossip' }] };
    const { page, dialog } = await stage(modal(old), 'Something went wrong. Try again.');
    expect(await dialog.getByRole('textbox', { name: 'Query' }).inputValue()).toBe('gossip');
    await submit(page);
    await dialog.getByRole('alert').getByText('Something went wrong. Try again.').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await heard(page)).toEqual([['close']]);
  });

  it('closes on Escape, but not while a list in it is open', async () => {
    const { page, dialog } = await stage(modal(label('Style', { type: 3, custom_id: 'style', options })));
    await page.keyboard.press('Enter');
    await dialog.getByRole('listbox', { name: 'Style' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await dialog.getByRole('listbox').count()).toBe(0);
    expect(await dialog.isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog.count()).toBe(0);
  });
});
