// What became of a test mail: asked for until the mail server has answered, and shown in its own words.

import { Alert, Code, Text } from '@mantine/core';
import { readTestMail } from '#delivery/contract.ts';
import { useRead } from '../../lib/data.ts';
import { Trouble } from '../../ui/Page.tsx';

const REFRESH_MS = 1_000;

const TITLES = {
  queued: 'The test is on its way',
  sending: 'The test is on its way',
  sent: 'The mail server took the test over',
  refused: 'The test was not sent',
  later: 'The mail server says: not now',
  unknown: 'Nobody knows whether the test was sent',
} as const;

/** How a test ended, in colour. */
function colourOf(state: keyof typeof TITLES): string {
  if (state === 'sent') return 'green';
  return state === 'queued' || state === 'sending' ? 'blue' : 'red';
}

export function TestAnswer({ testMailId }: { readonly testMailId: string }) {
  const read = useRead(
    readTestMail,
    { params: { testMailId } },
    { refreshMs: (last) => (last?.endedAt ? false : REFRESH_MS) },
  );
  if (read.error) return <Trouble problem={read.error} />;
  if (!read.data) return null;
  const { state, answer, recipient } = read.data;
  return (
    <Alert color={colourOf(state)} title={TITLES[state]} role="status">
      <Text size="sm">To {recipient}, marked as a test. It counts as no message.</Text>
      {answer ? (
        <Code block mt="xs" style={{ whiteSpace: 'pre-wrap' }}>
          {answer}
        </Code>
      ) : null}
    </Alert>
  );
}
