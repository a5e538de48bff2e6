// The tests that a set carries: given this account on this day, this policy counts and says this. They are run as one writes.

import { Alert, Badge, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { checkPolicies } from '#policies/contract.ts';
import { useRead } from '../../lib/data.ts';
import { Empty, Panel, Trouble } from '../../ui/Page.tsx';
import type { SetFile } from './policy-words.ts';

type PolicyTest = { readonly name: string } & Record<string, unknown>;
type Failed = { readonly test: string; readonly expected: string; readonly found: string };

const PAUSE_MS = 400;

type TestsEditorProps = { readonly file: SetFile; readonly onChange?: ((file: SetFile) => void) | undefined };

export function TestsEditor({ file, onChange }: TestsEditorProps) {
  const tests = testsOf(file);
  const [asked] = useDebouncedValue(JSON.stringify(file), PAUSE_MS);
  const check = useRead(checkPolicies, { body: { file: JSON.parse(asked) as Record<string, unknown> } });
  const [writing, setWriting] = useState<number | null>(null);
  const failed = failedIn(check.error?.facts);
  const save = (next: readonly PolicyTest[]): void => onChange?.({ ...file, tests: next });
  const put = (index: number, test: PolicyTest): void => {
    save(index < tests.length ? tests.map((one, place) => (place === index ? test : one)) : [...tests, test]);
    setWriting(null);
  };
  return (
    <Panel>
      <Stack gap="sm">
        <Text size="sm">
          They run as you change the set, when it is saved and when it goes live; a set that fails one is not
          taken.
        </Text>
        {check.error && check.error.code !== 'policy_tests_failed' ? <Trouble problem={check.error} /> : null}
        {tests.length === 0 && writing === null ? (
          <Empty title="No tests">Write what must be said to whom, and what not.</Empty>
        ) : null}
        {tests.map((test, index) => (
          <OneTest
            key={test.name}
            test={test}
            failed={failed?.find((one) => one.test === test.name)}
            isKnown={check.data !== undefined || failed !== undefined}
            isWriting={writing === index}
            onWrite={onChange ? () => setWriting(writing === index ? null : index) : undefined}
            onPut={(changed) => put(index, changed)}
            onRemove={() => save(tests.filter((_, place) => place !== index))}
          />
        ))}
        {writing === tests.length ? (
          <TestText
            test={exampleFor(file)}
            onPut={(test) => put(tests.length, test)}
            onCancel={() => setWriting(null)}
          />
        ) : null}
        {onChange && writing === null ? (
          <Group>
            <Button size="xs" variant="default" onClick={() => setWriting(tests.length)}>
              Add a test
            </Button>
          </Group>
        ) : null}
      </Stack>
    </Panel>
  );
}

function testsOf(file: SetFile): readonly PolicyTest[] {
  return Array.isArray(file.tests) ? (file.tests as readonly PolicyTest[]) : [];
}

function failedIn(facts: Readonly<Record<string, unknown>> | undefined): readonly Failed[] | undefined {
  return Array.isArray(facts?.failed) ? (facts.failed as readonly Failed[]) : undefined;
}

/** A test to begin with: an invoice that is late by the day of the first step after its due date. */
function exampleFor(file: SetFile): PolicyTest {
  const policy = file.policies.at(-1);
  const step = policy?.steps.find(({ offsetDays }) => offsetDays > 0);
  const days = step?.offsetDays ?? 7;
  return {
    name: `An invoice ${days} days late`,
    on: '2026-06-15',
    account: { customerForDays: 400 },
    items: [{ reference: 'A', daysLate: days, open: { currency: 'EUR', amount: '500.00' } }],
    expect: { policy: policy?.code ?? 'everybody', says: { A: days } },
  };
}

type OneTestProps = {
  readonly test: PolicyTest;
  readonly failed: Failed | undefined;
  readonly isKnown: boolean;
  readonly isWriting: boolean;
  readonly onWrite: (() => void) | undefined;
  onPut(test: PolicyTest): void;
  onRemove(): void;
};

function OneTest({ test, failed, isKnown, isWriting, onWrite, onPut, onRemove }: OneTestProps) {
  return (
    <Stack gap={4}>
      <Group justify="space-between" wrap="nowrap">
        <Group gap="xs">
          {isKnown ? (
            <Badge color={failed ? 'red' : 'teal'} variant="light">
              {failed ? 'fails' : 'passes'}
            </Badge>
          ) : null}
          <Text size="sm">{test.name}</Text>
        </Group>
        {onWrite ? (
          <Group gap={4} wrap="nowrap">
            <Button
              size="compact-xs"
              variant="default"
              aria-label={`${isWriting ? 'Close' : 'Change'} ${test.name}`}
              aria-expanded={isWriting}
              onClick={onWrite}
            >
              {isWriting ? 'Close' : 'Change'}
            </Button>
            <Button
              size="compact-xs"
              variant="subtle"
              color="red"
              aria-label={`Remove ${test.name}`}
              onClick={onRemove}
            >
              Remove
            </Button>
          </Group>
        ) : null}
      </Group>
      {failed ? (
        <Alert color="red" variant="light">
          <Text size="sm">Expected: {failed.expected}</Text>
          <Text size="sm">Found: {failed.found}</Text>
        </Alert>
      ) : null}
      {isWriting && onWrite ? <TestText test={test} onPut={onPut} onCancel={onWrite} /> : null}
    </Stack>
  );
}

function TestText({
  test,
  onPut,
  onCancel,
}: {
  readonly test: PolicyTest;
  onPut(test: PolicyTest): void;
  onCancel(): void;
}) {
  const [text, setText] = useState(() => JSON.stringify(test, null, 2));
  const [wrong, setWrong] = useState<string | null>(null);
  const put = (): void => {
    try {
      const read: unknown = JSON.parse(text);
      if (typeof read !== 'object' || read === null || !('name' in read) || typeof read.name !== 'string')
        setWrong('A test has a name.');
      else onPut(read as PolicyTest);
    } catch (error) {
      setWrong(error instanceof Error ? error.message : 'This is no JSON.');
    }
  };
  return (
    <Stack gap="xs">
      <Textarea
        label="The test, as it stands in the file"
        description="The account and its items on a day, and what is expected: the policy, what is said by the day of its step, and what is left out and why."
        autosize
        minRows={8}
        maxRows={24}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        error={wrong}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group gap="xs">
        <Button size="xs" onClick={put}>
          Take it
        </Button>
        <Button size="xs" variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </Group>
    </Stack>
  );
}
