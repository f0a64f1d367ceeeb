/** Pages in the shape of arXiv's own, with what a test cares about. */
export type PageEntry = {
  id?: string;
  note?: string;
  title?: string;
  authors?: string;
  comments?: string;
  journalRef?: string;
  subjects?: string;
  /** Null: no paragraph at all, as with `abs=False`. */
  abstract?: string | null;
  html?: boolean;
  /** Whether it links to other formats; by default it does. */
  other?: boolean;
};

export type PageSection = { title: string; entries: readonly PageEntry[] };

export function author(name: string): string {
  return `<a href="https://arxiv.org/search/math?searchtype=author&amp;query=${encodeURIComponent(name)}" rel="nofollow">${name}</a>`;
}

function entryHtml(entry: PageEntry, position: number): string {
  const id = entry.id ?? `2505.${String(position).padStart(5, '0')}`;
  const html = entry.html === true ? `, <a href="/html/${id}v1" title="View HTML" id="html-${id}">html</a>` : '';
  const other = entry.other === false ? '' : `, <a href="/format/${id}" title="Other formats" id="oth-${id}">other</a>`;
  return `
    <dt>
      <a name='item${position}'>[${position}]</a>
      <a href ="/abs/${id}" title="Abstract" id="${id}">
        arXiv:${id}
      </a>
          ${entry.note ?? ''}

        [<a href="/pdf/${id}" title="Download PDF" id="pdf-${id}">pdf</a>${html}${other}]
    </dt>
    <dd>
      <div class='meta'>
        <div class='list-title mathjax'><span class='descriptor'>Title:</span>
          ${entry.title ?? `Paper ${position}`}
        </div>
        <div class='list-authors'>${entry.authors ?? author('Jane Doe')}</div>
${entry.comments === undefined ? '' : `        <div class='list-comments mathjax'><span class='descriptor'>Comments:</span>\n          ${entry.comments}\n        </div>`}
${entry.journalRef === undefined ? '' : `        <div class='list-journal-ref'><span class='descriptor'>Journal-ref:</span>\n          ${entry.journalRef}\n        </div>`}
        <div class='list-subjects'><span class='descriptor'>Subjects:</span>
          ${entry.subjects ?? '<span class="primary-subject">Combinatorics (math.CO)</span>'}
        </div>

${entry.abstract === null ? '' : `        <p class='mathjax'>\n          ${entry.abstract ?? `Abstract ${position}.`}\n        </p>`}
      </div>
    </dd>`;
}

export function sectionsHtml(sections: readonly PageSection[], firstPosition = 1): string {
  let position = firstPosition;
  return sections
    .map(({ title, entries }) => {
      const body = entries.map((entry) => entryHtml(entry, position++)).join('');
      return `<dl id='articles'>\n    <h3>${title}</h3>\n${body}\n  </dl>`;
    })
    .join('\n');
}

/** `/list/math/new`, by default of Thursday, 3 February 2011. */
export function listingPage(
  content: string,
  { total, day, archive = 'math' }: { total: number | null; day?: string; archive?: string },
): string {
  return wrapped(`<h1>Mathematics</h1>
<ul><li><a href="#item0">New submissions</a></li><li><a href="#item2">Cross-lists</a></li></ul>
<p>See <a id="recent-${archive}" aria-labelledby="recent-${archive}" href="/list/${archive}/recent">recent</a> articles</p>
<h3>Showing new listings for ${day ?? 'Thursday, 3 February 2011'}</h3>
${total === null ? '' : `<div class='paging'>Total of ${total} entries </div>`}
${content}`);
}

/** `/catchup/math/2011-02-03?abs=True`. */
export function catchUpPage(content: string, { total, day }: { total: number; day: string }): string {
  return wrapped(`<h1>Catchup results for Mathematics on ${day}</h1>
<div><a href="/catchup/math/2011-02-04?abs=True&amp;page=1">Continue to the next day</a><br><br>Total of ${total} entries for ${day}</div>
${content}
<div></div>Total of ${total} entries for ${day}</div>`);
}

export function wrapped(content: string): string {
  return `<!DOCTYPE html>\n<html lang="en"><head><title>Mathematics </title></head>\n<body><div id='content-inner'>\n<div id='dlpage'>\n${content}\n</div></div></body></html>`;
}

/** The page of an error, as the site frames it. */
export function errorPage(title: string): string {
  return `<!DOCTYPE html>\n<html lang="en"><head><title>${title}</title></head><body><main><h1>${title}</h1></main></body></html>`;
}
