/** A file on its way to the sandbox. @typedef {{ name: string, type: string, data: string }} PickedFile `data` in base64 */

/** Lets the person choose one. @returns {Promise<File | null>} null where they chose none */
export function chooseFile() {
  const input = document.createElement('input');
  input.type = 'file';
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null));
    input.addEventListener('cancel', () => resolve(null));
    input.click();
  });
}

/** @param {File} file @returns {Promise<PickedFile>} */
export async function readFile(file) {
  const data = new Uint8Array(await file.arrayBuffer());
  return { name: file.name, type: file.type || 'application/octet-stream', data: base64(data) };
}

/** The name as it can stand in a line: a colon would begin an option. @param {string} name */
export function nameInLine(name) {
  return name.replaceAll(':', '_').replaceAll(/\s+/g, ' ').trim() || 'file';
}

/** @param {Uint8Array} bytes */
function base64(bytes) {
  // As arguments of one call, the bytes of a large file would be too many.
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
