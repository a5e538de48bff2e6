import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decideKept, KeptAnswers } from './kept-answer.ts';

const BOUNDS = { newForMs: 5_000, staleForMs: 60_000, keysMax: 2 };

/** A clock that stands still, and work that takes as long as it is told and counts how often it was done. */
function workshop() {
  let now = 0;
  let made = 0;
  const answers = new KeptAnswers<number>(BOUNDS, () => now);
  return {
    answers,
    pass: (ms: number) => {
      now += ms;
    },
    made: () => made,
    slowly: async () => {
      now += 500;
      made += 1;
      return made;
    },
  };
}

test('what took long is given again while it is new', async () => {
  const { answers, pass, slowly } = workshop();
  assert.equal(await answers.get('a', slowly), 1);
  pass(4_000);
  assert.equal(await answers.get('a', slowly), 1);
});

test('what is no longer new is given once more while it is made anew behind', async () => {
  const { answers, pass, made, slowly } = workshop();
  await answers.get('a', slowly);
  pass(6_000);
  assert.equal(await answers.get('a', slowly), 1);
  await new Promise(setImmediate);
  assert.equal(made(), 2);
  assert.equal(await answers.get('a', slowly), 2);
});

test('what is too old is not given any more', async () => {
  const { answers, pass, slowly } = workshop();
  await answers.get('a', slowly);
  pass(61_000);
  assert.equal(await answers.get('a', slowly), 2);
});

test('what is quick to make is always made anew', () => {
  assert.equal(decideKept({ value: 1, madeMs: 0, tookMs: 10 }, 1, BOUNDS), 'make');
  assert.equal(decideKept({ value: 1, madeMs: 0, tookMs: 200 }, 1, BOUNDS), 'give');
  assert.equal(decideKept(undefined, 1, BOUNDS), 'make');
});

test('callers who come while an answer is being made share it, and answers of two keys do not mix', async () => {
  const { answers, made, slowly } = workshop();
  assert.deepEqual(await Promise.all([answers.get('a', slowly), answers.get('a', slowly)]), [1, 1]);
  assert.equal(await answers.get('b', slowly), 2);
  assert.equal(made(), 2);
});

test('a failure behind the scenes is met by the next caller instead of being hidden for ever', async () => {
  const { answers, pass, slowly } = workshop();
  const fail = async () => {
    throw new Error('no database');
  };
  await answers.get('a', slowly);
  pass(6_000);
  assert.equal(await answers.get('a', fail), 1);
  await new Promise(setImmediate);
  await assert.rejects(answers.get('a', fail), /no database/);
});

test('only so many answers are kept, and the one made the longest ago goes first', async () => {
  const { answers, made, slowly } = workshop();
  for (const key of ['a', 'b', 'c']) await answers.get(key, slowly);
  await answers.get('c', slowly);
  assert.equal(made(), 3);
  await answers.get('a', slowly);
  assert.equal(made(), 4);
});
