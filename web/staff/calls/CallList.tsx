// What was said with a customer by telephone or in person, the newest first; noting and correcting it.

import { Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import { useState } from 'react';
import { correctCall, listCalls } from '#calls/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, useCommand, usePages } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Empty, Panel, Shown } from '../../ui/Page.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { CallDialog } from './CallDialog.tsx';
import { OUTCOME_COLORS, OUTCOME_WORDS, wayWords } from './call-words.ts';

type Call = Reply<typeof listCalls>['rows'][number];

export function CallList({ customerId }: { readonly customerId: string }) {
  const pages = usePages(listCalls, { query: { customerId, withCorrected: 'true' } });
  const [noting, setNoting] = useState(false);
  const [correcting, setCorrecting] = useState<Call | null>(null);
  const rows = rowsOf(pages.data);
  const mayNote = pages.data?.pages[0]?.may.record === true;
  return (
    <Stack>
      {mayNote ? (
        <Group justify="flex-end">
          <Button leftSection={<IconPhone size={16} aria-hidden />} onClick={() => setNoting(true)}>
            Note a call
          </Button>
        </Group>
      ) : null}
      <Shown read={pages}>
        {() => (
          <Panel>
            {rows.length === 0 ? (
              <Empty icon={<IconPhone size={36} stroke={1.4} />} title="No calls yet">
                What is said by telephone or on a visit is noted here, with what came of it.
              </Empty>
            ) : (
              <Stack gap="md" role="list" aria-label="Calls">
                {rows.map((call) => (
                  <OneCall key={call.callId} call={call} onCorrect={() => setCorrecting(call)} />
                ))}
              </Stack>
            )}
            <ShowMore pages={pages} words="Show earlier ones" variant="subtle" mt="sm" />
          </Panel>
        )}
      </Shown>
      {noting ? <CallDialog customerId={customerId} onClose={() => setNoting(false)} /> : null}
      {correcting ? <CorrectDialog call={correcting} onClose={() => setCorrecting(null)} /> : null}
    </Stack>
  );
}

/** `telephone, we called · Ann · +49 89 1234`: how it came about. */
export function callWords({ way, direction, with: whom, number }: CallHow): string {
  return [wayWords(way, direction), whom, number].filter(Boolean).join(' · ');
}

type CallHow = Pick<Call, 'way' | 'direction' | 'with' | 'number'>;

function OneCall({ call, onCorrect }: { readonly call: Call; onCorrect(): void }) {
  const isStruck = call.correctedNote !== null;
  return (
    <Stack gap={4} role="listitem">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Group gap="xs">
          <Text size="sm" fw={600} td={isStruck ? 'line-through' : undefined}>
            {dayWords(call.on)}
          </Text>
          <Badge color={OUTCOME_COLORS[call.outcome]} variant="light">
            {OUTCOME_WORDS[call.outcome]}
          </Badge>
          {call.nextOn ? <Text size="sm">again {dayWords(call.nextOn)}</Text> : null}
        </Group>
        {call.may.correct === true ? (
          <Button
            size="compact-sm"
            variant="subtle"
            aria-label={`Strike the call of ${dayWords(call.on)}`}
            onClick={onCorrect}
          >
            Strike
          </Button>
        ) : null}
      </Group>
      {call.note ? (
        <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
          {call.note}
        </Text>
      ) : null}
      <Text size="xs" c="dimmed">
        {callWords(call)} · {call.by}
        {isStruck ? ` · corrected: ${call.correctedNote}` : ''}
      </Text>
      {call.despite ? (
        <Text size="xs" c="dimmed">
          A rule on calls spoke against it. It was made all the same: {call.despite}
        </Text>
      ) : null}
      {call.items.length > 0 || call.disputeId ? (
        <Group gap="xs">
          {call.items.map((item) => (
            <Text key={item.itemId} size="sm">
              <TenantLink to={`invoices/${item.documentId}`}>{item.reference}</TenantLink>
            </Text>
          ))}
          {call.disputeId ? (
            <Text size="sm">
              <TenantLink to={`disputes/${call.disputeId}`}>the dispute</TenantLink>
            </Text>
          ) : null}
        </Group>
      ) : null}
    </Stack>
  );
}

function CorrectDialog({ call, onClose }: { readonly call: Call; onClose(): void }) {
  const correct = useCommand(correctCall);
  const [note, setNote] = useState('');
  return (
    <FormDialog
      title={`Strike the call of ${dayWords(call.on)}`}
      opened
      onClose={onClose}
      onSubmit={() =>
        correct.mutate({ params: { callId: call.callId }, body: { note } }, { onSuccess: onClose })
      }
      submitLabel="Strike it"
      busy={correct.isPending}
      problem={correct.error}
    >
      <Text size="sm">It stays readable, and counts no more. Note the right one anew.</Text>
      <TextInput
        label="What was wrong"
        required
        data-autofocus
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
