// `quittance evidence verify`: whether a pack that was kept is still what it was.

import { verifyPack } from '#evidence/verify-pack.ts';
import { requireFile } from './given-file.ts';
import type { Options } from './options.ts';
import { json, say } from './print.ts';

/** Says whether a pack is what it was when it was made; exits with 1 where anything differs. Refuses: `file_not_found`. */
export async function verifyEvidence(path: string, options: Options): Promise<number> {
  await requireFile(path);
  const verified = await verifyPack({ name: path, path });
  const { manifest, manifestSha256, problems } = verified;
  if (options.flag('json')) json({ ...verified });
  else {
    say(`Customer ${manifest.customer}, company ${manifest.company}, as of ${manifest.asOf}`);
    say(`${manifest.files.length} files listed; the list itself: ${manifestSha256}`);
    for (const { name, problem } of problems) say(`${problem.replace('_', ' ')}: ${name}`);
    say(problems.length === 0 ? 'Nothing was changed.' : 'It is not what it was.');
  }
  return problems.length === 0 ? 0 : 1;
}
