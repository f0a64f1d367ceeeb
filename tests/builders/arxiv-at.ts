/** The environment of a Paperboy for which all of arXiv's hosts are at one address: none of them is ever asked from here. */
export function arxivAt(url: string): Record<string, string> {
  return { ARXIV_URL: url, ARXIV_RSS_URL: url, ARXIV_API_URL: url, ARXIV_OAI_URL: url };
}
