import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type PackFile, problemsOf, readManifest } from './pack.ts';

const file = (name: string, sha256 = 'aa'): PackFile => ({ name, bytes: 3, sha256 });

test('what is missing, was added or changed is told, and nothing else', () => {
  const listed = [file('a'), file('b'), file('c')];
  assert.deepEqual(problemsOf(listed, listed.toReversed()), []);
  assert.deepEqual(problemsOf(listed, [file('a'), file('b', 'bb'), file('d')]), [
    { name: 'b', problem: 'changed' },
    { name: 'c', problem: 'missing' },
    { name: 'd', problem: 'not_listed' },
  ]);
});

test('whichever file is left out of or put into a pack, its name is told', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }), fc.nat(), (names, at) => {
      const all = names.map((name) => file(name));
      const one = all[at % all.length];
      const rest = all.filter((other) => other !== one);
      assert.deepEqual(problemsOf(all, rest), [{ name: one?.name, problem: 'missing' }]);
      assert.deepEqual(problemsOf(rest, all), [{ name: one?.name, problem: 'not_listed' }]);
    }),
  );
});

test('a list of something else is none', () => {
  const manifest = { format: 'quittance-evidence', version: 1, files: [file('a')] };
  assert.ok(readManifest(JSON.stringify(manifest)));
  for (const other of [{ ...manifest, version: 2 }, { ...manifest, files: [{ name: 1 }] }, null, []])
    assert.equal(readManifest(JSON.stringify(other)), undefined);
  assert.equal(readManifest('{'), undefined);
});
