/*
 * Runs before `npm start`, `npm test` and `npm run paperboy`: says which Node was found when it is not the one needed, and the remedy.
 * Plain JavaScript for old Nodes: this file must still be read by the Node that it complains about.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const neededMajor = 26;

const problem = findProblem();
if (problem !== null) {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
}

/** One sentence for the person who typed the command; null when all is well. */
function findProblem() {
  const major = Number(process.versions.node.split('.')[0]);
  if (!isThere('node_modules')) {
    return 'Paperboy is not installed yet: node_modules is missing; run `npm ci` in this folder, which also brings the right Node.';
  }
  if (major >= neededMajor) return null;
  const found = `Paperboy needs Node ${neededMajor} or newer and found ${process.version} (${process.execPath})`;
  if (!isThere('node_modules/node')) {
    return `${found}: the Node that the project brings was left out of this installation; run \`npm ci --include=dev\`, or install Node ${neededMajor}.`;
  }
  if (!isThere('node_modules/.bin/node')) {
    // Tried with npm 10, 11 and 12: the flag also undoes an `ignore-scripts=true` in somebody's own settings.
    return `${found}: the project brings its own, but its install script was not allowed to run; run \`npm rebuild node --ignore-scripts=false\`.`;
  }
  return `${found}: the project brings its own, which npm finds first; run it as \`npm start\`, \`npm test\` or \`npm run paperboy -- VERB\`, or put node_modules/.bin at the front of PATH.`;
}

function isThere(path) {
  return existsSync(fileURLToPath(new URL(`../${path}`, import.meta.url)));
}
