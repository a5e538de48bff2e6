// `npm run check`: the part of the tests that is fast enough for every commit: format, types, guards, and the tests
// that stand beside the source.

import './require-node.ts';
import { FORMAT, runAndExit, testFiles, typeChecks } from './test-run.ts';

await runAndExit([
  FORMAT,
  ...typeChecks(),
  { title: 'Guards', files: testFiles('test/guards/**/*.test.ts'), shared: true },
  { title: 'Source', files: testFiles('src/**/*.test.ts'), shared: true },
]);
