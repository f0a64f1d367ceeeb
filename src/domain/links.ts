/** Addresses of a paper on arxiv.org, by canonical id. We link; e-prints are never stored or served. */
export function absUrl(id: string): string {
  return `https://arxiv.org/abs/${id}`;
}

export function pdfUrl(id: string): string {
  return `https://arxiv.org/pdf/${id}`;
}
