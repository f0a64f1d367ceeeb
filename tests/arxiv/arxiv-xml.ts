/** arXiv's XML answers in the shape of its own, with what a test cares about. */
export type FeedItemParts = {
  id?: string;
  type?: string;
  describedType?: string;
  describedId?: string;
  title?: string;
  abstract?: string;
  categories?: readonly string[];
  published?: string;
  creator?: string;
  extra?: string;
};

const rssDay = 'Thu, 24 Sep 2026 00:00:00 -0400';
const atomDay = '2026-09-24T00:00:00-04:00';

function described(item: FeedItemParts, id: string): string {
  const type = item.describedType ?? item.type ?? 'new';
  return `arXiv:${item.describedId ?? id} Announce Type: ${type} \nAbstract: ${item.abstract ?? 'An abstract.'}`;
}

function feedExtras(item: FeedItemParts): string {
  return `<arxiv:announce_type>${item.type ?? 'new'}</arxiv:announce_type>
      <dc:creator>${item.creator ?? 'Jane Doe'}</dc:creator>${item.extra ?? ''}`;
}

export function rssItem(item: FeedItemParts = {}): string {
  const id = item.id ?? '2609.00001v1';
  return `
    <item>
      <title>${item.title ?? 'A title'}</title>
      <link>https://arxiv.org/abs/${id}</link>
      <description>${described(item, id)}</description>
      <guid isPermaLink="false">oai:arXiv.org:${id}</guid>
${(item.categories ?? ['cs.LG']).map((code) => `      <category>${code}</category>`).join('\n')}
      <pubDate>${item.published ?? rssDay}</pubDate>
      ${feedExtras(item)}
    </item>`;
}

export function rssFeed(
  items: readonly string[],
  channel: { title?: string; description?: string; published?: string } = {},
): string {
  const title = channel.title ?? 'cs.LG updates on arXiv.org';
  return `<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" version="2.0">
  <channel>
    <title>${title}</title>
    <link>http://rss.arxiv.org/rss/cs.LG</link>
    <description>${channel.description ?? `${title}.`}</description>
    <atom:link href="http://rss.arxiv.org/rss/cs.LG" rel="self" type="application/rss+xml"/>
    <lastBuildDate>Thu, 24 Sep 2026 08:58:05 +0000</lastBuildDate>
    <pubDate>${channel.published ?? rssDay}</pubDate>
    <skipDays><day>Sunday</day><day>Saturday</day></skipDays>${items.join('')}
  </channel>
</rss>
`;
}

export function atomEntry(item: FeedItemParts = {}): string {
  const id = item.id ?? '2609.00001v1';
  return `
  <entry>
    <id>oai:arXiv.org:${id}</id>
    <title>${item.title ?? 'A title'}</title>
    <updated>2026-09-24T08:58:05+00:00</updated>
    <summary>${described(item, id)}</summary>
${(item.categories ?? ['cs.LG']).map((code) => `    <category term="${code}"/>`).join('\n')}
    <published>${item.published ?? atomDay}</published>
    ${feedExtras(item)}
  </entry>`;
}

export function atomFeed(entries: readonly string[], feed: { title?: string; subtitle?: string } = {}): string {
  return `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns="http://www.w3.org/2005/Atom" xml:lang="en-us">
  <id>http://rss.arxiv.org/atom/cs.LG</id>
  <title>${feed.title ?? 'cs.LG updates on arXiv.org'}</title>
  <updated>2026-09-25T03:58:05+00:00</updated>
  <subtitle>${feed.subtitle ?? 'cs.LG updates on the arXiv.org e-print archive.'}</subtitle>${entries.join('')}
</feed>
`;
}

export type ApiEntryParts = {
  id?: string;
  title?: string;
  summary?: string;
  primary?: string;
  categories?: readonly string[];
  published?: string;
  authors?: string;
  extra?: string;
};

export function apiEntry(entry: ApiEntryParts = {}): string {
  const id = entry.id ?? '2609.00001v1';
  const primary = entry.primary ?? 'cs.LG';
  return `
  <entry>
    <id>http://arxiv.org/abs/${id}</id>
    <title>${entry.title ?? 'A title'}</title>
    <updated>2026-09-24T08:18:33Z</updated>
    <link href="https://arxiv.org/abs/${id}" rel="alternate" type="text/html"/>
    <link href="https://arxiv.org/pdf/${id}" rel="related" type="application/pdf" title="pdf"/>
    <summary>${entry.summary ?? 'An abstract.'}</summary>
${(entry.categories ?? [primary]).map((code) => `    <category term="${code}" scheme="http://arxiv.org/schemas/atom"/>`).join('\n')}
    <published>${entry.published ?? '2026-09-23T08:18:33Z'}</published>
    <arxiv:primary_category term="${primary}"/>
    ${entry.authors ?? '<author><name>Jane Doe</name></author>'}${entry.extra ?? ''}
  </entry>`;
}

export function apiAnswer(
  entries: readonly string[],
  answer: { query?: string; total?: number; start?: number } = {},
): string {
  return `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/oqaUC9OB2SccftmJHZqrxySXrao</id>
  <title>arXiv Query: search_query=${answer.query ?? 'cat:cs.LG'}&amp;id_list=&amp;start=0&amp;max_results=10</title>
  <updated>2026-09-25T22:09:26Z</updated>
  <link href="https://arxiv.org/api/query" type="application/atom+xml"/>
  <opensearch:itemsPerPage>10</opensearch:itemsPerPage>
  <opensearch:totalResults>${answer.total ?? entries.length}</opensearch:totalResults>
  <opensearch:startIndex>${answer.start ?? 0}</opensearch:startIndex>${entries.join('')}
</feed>
`;
}

/** A record; `metadata` is one of the three below. */
export function oaiRecord(
  metadata: string,
  header: { id?: string; sets?: readonly string[]; status?: string } = {},
): string {
  const status = header.status === undefined ? '' : ` status="${header.status}"`;
  const sets = (header.sets ?? ['cs:cs:LG']).map((set) => `<setSpec>${set}</setSpec>`).join('');
  const identifier = `oai:arXiv.org:${header.id ?? '2609.00001'}`;
  return `
    <record>
      <header${status}><identifier>${identifier}</identifier><datestamp>2026-09-24</datestamp>${sets}</header>
      ${metadata === '' ? '' : `<metadata>${metadata}</metadata>`}
    </record>`;
}

export function arxivMetadata(fields = '', { created = '2026-09-23', id = '2609.00001' } = {}): string {
  return `<arXiv xmlns="http://arxiv.org/OAI/arXiv/">
        <id>${id}</id><created>${created}</created><updated>2026-09-24</updated>
        <authors><author><keyname>Doe</keyname><forenames>Jane</forenames></author></authors>
        <title>A title</title><categories>cs.LG</categories><abstract>An abstract.</abstract>${fields}
      </arXiv>`;
}

export function rawMetadata({ versions = '', authors = 'Jane Doe', fields = '' } = {}): string {
  return `<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/">
        <id>2609.00001</id><submitter>Jane Doe</submitter>
        <version version="v1"><date>Tue, 22 Sep 2026 17:16:35 GMT</date><size>9kb</size></version>${versions}
        <title>A title</title><authors>${authors}</authors><categories>cs.LG</categories>
        <abstract>An abstract.</abstract>${fields}
      </arXivRaw>`;
}

export function dublinCore(fields = ''): string {
  return `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <dc:title>A title</dc:title><dc:creator>Doe, Jane</dc:creator><dc:subject>Machine Learning</dc:subject>
        <dc:description>An abstract. </dc:description><dc:date>2026-09-22</dc:date><dc:type>text</dc:type>
        <dc:identifier>http://arxiv.org/abs/2609.00001</dc:identifier>${fields}
      </oai_dc:dc>`;
}

export function oaiAnswer(
  records: readonly string[],
  answer: { request?: string; token?: string; verb?: string } = {},
): string {
  const verb = answer.verb ?? 'ListRecords';
  return oaiDocument(
    `<${verb}>${records.join('')}${answer.token ?? ''}
  </${verb}>`,
    answer.request ?? `verb="${verb}" metadataPrefix="arXiv" set="cs:cs:LG"`,
  );
}

export function oaiDocument(content: string, request = 'verb="ListRecords"'): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">
  <responseDate>2026-09-25T14:49:31Z</responseDate>
  <request ${request}>http://oaipmh.arxiv.org/oai</request>
  ${content}
</OAI-PMH>
`;
}
