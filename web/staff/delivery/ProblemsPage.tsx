// What did not arrive, and what a person does about it: mend the address, send by another way, let the address be written to again.

import { Badge, Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { IconMailCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { liftSuppression, listDeliveryProblems, settleDeliveryProblem } from '#delivery/contract.ts';
import { deliverInvoices } from '#invoicing/contract.ts';
import { useAddress } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, useCommand, usePages } from '../../lib/data.ts';
import { momentWords } from '../../lib/format.ts';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Empty, Page, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { CHANNEL_WORDS, SEVERITY_WORDS } from './channel-words.ts';

type Problem = Reply<typeof listDeliveryProblems>['rows'][number];

const KIND_WORDS: Readonly<Record<string, string>> = {
  bounced: 'Came back',
  not_taken: 'Was not taken over',
  no_way: 'No way to reach the customer',
  complained: 'Was called spam',
  rejected: 'The customer refused the e-invoice',
  suppressed: 'Nothing is sent to this address',
  opted_out: 'Stopped by its reader',
  redirect_wished: 'Its reader named another address',
  returned: 'Brought back by the post',
};

export default function ProblemsPage() {
  const [search, setSearch] = useAddress();
  const open = search.open === 'no' ? 'no' : 'yes';
  const pages = usePages(listDeliveryProblems, { query: { open } });
  return (
    <Page title="Delivery problems" subtitle="What did not arrive and wants a person.">
      <Group justify="space-between">
        <SegmentedControl
          aria-label="Which problems"
          data={[
            { value: 'yes', label: 'open' },
            { value: 'no', label: 'closed' },
          ]}
          value={open}
          onChange={(value) => setSearch({ open: value === 'no' ? 'no' : '' })}
        />
        <TenantLink to="stopped-addresses">Addresses nothing is sent to</TenantLink>
      </Group>
      <Shown read={pages}>
        {() => {
          const rows = rowsOf(pages.data);
          if (rows.length === 0)
            return (
              <Panel>
                <Empty
                  icon={<IconMailCheck size={36} stroke={1.4} />}
                  title={open === 'yes' ? 'Everything arrived, as far as is known' : 'Nothing was closed yet'}
                >
                  Mails that come back, and letters that cannot be sent, appear here.
                </Empty>
              </Panel>
            );
          return (
            <Stack>
              {rows.map((problem) => (
                <OneProblem key={problem.problemId} problem={problem} />
              ))}
              <ShowMore pages={pages} />
            </Stack>
          );
        }}
      </Shown>
    </Page>
  );
}

function OneProblem({ problem }: { readonly problem: Problem }) {
  const what = problem.severity ? `: ${SEVERITY_WORDS[problem.severity]}` : '';
  return (
    <Panel
      title={`${KIND_WORDS[problem.kind]}${what}`}
      actions={<Text size="xs">{momentWords(problem.openedAt)}</Text>}
    >
      <Stack gap="xs">
        <Text size="sm" style={{ wordBreak: 'break-word' }}>
          <TenantLink to={`customers/${problem.customerId}?tab=delivery`}>{problem.customerName}</TenantLink>
          {problem.address ? ` · ${problem.address}` : ''}
          {problem.subject && problem.messageId ? (
            <>
              {' · '}
              <TenantLink to={`outbox/${problem.messageId}`}>{problem.subject}</TenantLink>
            </>
          ) : null}
        </Text>
        <Text size="sm" c="dimmed" style={{ wordBreak: 'break-word' }}>
          {problem.detail}
        </Text>
        <Group gap="xs">
          {problem.suppressionId ? <Badge color="orange">nothing more is sent to this address</Badge> : null}
          {problem.replacedBy ? (
            <TenantLink to={`outbox/${problem.replacedBy.messageId}`}>
              Went by {CHANNEL_WORDS[problem.replacedBy.channel]} instead ({problem.replacedBy.state})
            </TenantLink>
          ) : null}
          {problem.resolution ? <Text size="sm">Closed: {problem.resolution}</Text> : null}
        </Group>
        {problem.closedAt === null ? <Actions problem={problem} /> : null}
      </Stack>
    </Panel>
  );
}

function Actions({ problem }: { readonly problem: Problem }) {
  const send = useCommand(deliverInvoices);
  const [asking, setAsking] = useState<'settle' | 'lift' | null>(null);
  const { documentId, may } = problem;
  const sent = send.data?.results[0];
  return (
    <>
      {send.error ? <Trouble problem={send.error} /> : null}
      <Group gap="xs">
        {documentId && may.settle === true ? (
          <Button
            size="xs"
            variant="default"
            loading={send.isPending}
            onClick={() => send.mutate({ body: { invoiceIds: [documentId] } })}
          >
            Send it again
          </Button>
        ) : null}
        {may.lift === true ? (
          <Button size="xs" variant="default" onClick={() => setAsking('lift')}>
            Write to this address again
          </Button>
        ) : null}
        {may.settle === true ? (
          <Button size="xs" onClick={() => setAsking('settle')}>
            Close
          </Button>
        ) : null}
        {sent ? (
          <Text size="sm" role="status">
            {sent.channel
              ? `Queued by ${CHANNEL_WORDS[sent.channel]}.`
              : (SEND_WORDS[sent.reason ?? ''] ?? '')}
          </Text>
        ) : null}
      </Group>
      {asking === 'settle' ? <SettleDialog problem={problem} onClose={() => setAsking(null)} /> : null}
      {asking === 'lift' ? <LiftDialog problem={problem} onClose={() => setAsking(null)} /> : null}
    </>
  );
}

const SEND_WORDS: Readonly<Record<string, string>> = {
  no_way: 'There is still no way to reach the customer.',
  already_on_its_way: 'It is on its way already.',
  by_portal: 'A person posts it in the customer’s portal.',
  voided: 'The document is voided.',
};

type DialogProps = { readonly problem: Problem; onClose(): void };

function SettleDialog({ problem, onClose }: DialogProps) {
  const settle = useCommand(settleDeliveryProblem);
  const [text, setText] = useState('');
  return (
    <FormDialog
      title="Close the problem"
      opened
      onClose={onClose}
      onSubmit={() =>
        settle.mutate(
          { params: { problemId: problem.problemId }, body: { resolution: text } },
          { onSuccess: onClose },
        )
      }
      submitLabel="Close it"
      busy={settle.isPending}
      problem={settle.error}
    >
      <TextInput
        label="What was done about it"
        placeholder="Address mended, sent by post"
        required
        data-autofocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

function LiftDialog({ problem, onClose }: DialogProps) {
  const lift = useCommand(liftSuppression);
  const [text, setText] = useState('');
  return (
    <FormDialog
      title={`Write to ${problem.address ?? 'this address'} again`}
      opened
      onClose={onClose}
      onSubmit={() =>
        lift.mutate(
          { params: { suppressionId: problem.suppressionId ?? '' }, body: { reason: text } },
          { onSuccess: onClose },
        )
      }
      submitLabel="Write to it again"
      busy={lift.isPending}
      problem={lift.error}
    >
      <TextInput
        label="Why"
        placeholder="They confirmed that the mailbox works"
        required
        data-autofocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
