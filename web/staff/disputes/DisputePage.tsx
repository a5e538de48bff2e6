// One dispute: what became of the money, which documents it is about, what was said, and the decision.

import { Alert, Button, Grid, Group, Stack, Table, Text, Textarea, TextInput } from '@mantine/core';
import { IconArrowBackUp, IconCheck, IconScissors } from '@tabler/icons-react';
import { useState } from 'react';
import { closeDispute, noteDispute, readDispute, releaseDispute, reopenDispute } from '#disputes/contract.ts';
import { usePathPart } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { dayWords, momentWords } from '../../lib/format.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { typedDecimal } from '../../lib/typed.ts';
import { FactRow, Facts } from '../../ui/Facts.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { History } from '../../ui/History.tsx';
import { MayButton } from '../../ui/MayButton.tsx';
import { Money } from '../../ui/Money.tsx';
import { Page, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { StateBadge } from '../../ui/StateBadge.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { Comments } from '../comments/Comments.tsx';
import { AmountBar } from './AmountBar.tsx';
import { DecideDialog } from './DecideDialog.tsx';

type Dispute = Reply<typeof readDispute>;

export default function DisputePage() {
  const disputeId = usePathPart('disputeId');
  const read = useRead(readDispute, { params: { disputeId } });
  return <Shown read={read}>{(dispute) => <DisputeShown dispute={dispute} />}</Shown>;
}

function DisputeShown({ dispute }: { readonly dispute: Dispute }) {
  const [dialog, setDialog] = useState<'close' | 'release' | 'reopen' | null>(null);
  const close = (): void => setDialog(null);
  return (
    <Page
      title={`${dispute.kind === 'deduction' ? 'Deduction' : 'Dispute'} ${dispute.number}`}
      subtitle={
        <Group gap="xs">
          <TenantLink to={`customers/${dispute.customer.id}`}>{dispute.customer.name}</TenantLink>
          <StateBadge state={dispute.outcome ?? dispute.state} />
          <span>{dispute.reasonName}</span>
        </Group>
      }
      actions={
        dispute.outcome === null ? (
          <>
            <MayButton
              may={dispute.may.decide}
              operation={releaseDispute}
              variant="default"
              leftSection={<IconScissors size={16} aria-hidden />}
              onClick={() => setDialog('release')}
            >
              Take a part out
            </MayButton>
            <MayButton
              may={dispute.may.decide}
              operation={closeDispute}
              leftSection={<IconCheck size={16} aria-hidden />}
              onClick={() => setDialog('close')}
            >
              Decide
            </MayButton>
          </>
        ) : (
          <MayButton
            may={dispute.may.reopen}
            operation={reopenDispute}
            variant="default"
            leftSection={<IconArrowBackUp size={16} aria-hidden />}
            onClick={() => setDialog('reopen')}
          >
            Reopen
          </MayButton>
        )
      }
    >
      {dispute.duplicateOf ? (
        <Alert color="orange" title="This was claimed before">
          It says the same as{' '}
          <TenantLink to={`disputes/${dispute.duplicateOf.disputeId}`}>
            {dispute.duplicateOf.number}
          </TenantLink>
          .
        </Alert>
      ) : null}
      <Panel>
        <AmountBar amounts={dispute.amounts} />
      </Panel>
      <Grid>
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Stack>
            <Items dispute={dispute} />
            <DisputeFacts dispute={dispute} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Stack>
            <Happened dispute={dispute} />
            <Comments kind="dispute" subjectId={dispute.disputeId} />
          </Stack>
        </Grid.Col>
      </Grid>
      {dialog === 'close' ? <DecideDialog dispute={dispute} onClose={close} /> : null}
      {dialog === 'release' ? <ReleaseDialog dispute={dispute} onClose={close} /> : null}
      {dialog === 'reopen' ? <ReopenDialog dispute={dispute} onClose={close} /> : null}
    </Page>
  );
}

function Items({ dispute }: { readonly dispute: Dispute }) {
  return (
    <Panel title="About">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Document</Table.Th>
            <Table.Th visibleFrom="sm">Due</Table.Th>
            <Table.Th className="numeric" visibleFrom="sm">
              Open
            </Table.Th>
            <Table.Th className="numeric">Disputed</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {dispute.items.map((item) => (
            <Table.Tr key={item.itemId}>
              <Table.Td>
                {item.kind === 'invoice' ? (
                  <TenantLink to={`invoices/${item.documentId}`}>{item.reference}</TenantLink>
                ) : (
                  item.reference
                )}
                <Text size="xs" c="dimmed" hiddenFrom="sm" component="div">
                  due {dayWords(item.dueOn)} · open <Money value={item.open} bare />
                </Text>
              </Table.Td>
              <Table.Td visibleFrom="sm">{dayWords(item.dueOn)}</Table.Td>
              <Table.Td className="numeric" visibleFrom="sm">
                <Money value={item.open} bare />
              </Table.Td>
              <Table.Td className="numeric">
                <Money value={item.disputed.open} quietZero />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}

function DisputeFacts({ dispute }: { readonly dispute: Dispute }) {
  const facts = [
    ['Raised', dayWords(dispute.openedOn)],
    ['Stated reason', dispute.statedReasonName],
    ['Understood as', dispute.reason === dispute.statedReason ? null : dispute.reasonName],
    ['Claim number', dispute.claimNumber],
    ['Their reason code', dispute.claimCode],
    [
      'Payment',
      dispute.paymentId ? (
        <TenantLink key="payment" to={`payments/${dispute.paymentId}`}>
          the one that was short
        </TenantLink>
      ) : null,
    ],
    ['Decided', dispute.closedOn ? dayWords(dispute.closedOn) : null],
    ['Root cause', dispute.rootCause?.replaceAll('_', ' ') ?? null],
  ] as const;
  return (
    <Panel title="Facts">
      <Facts facts={facts}>
        {dispute.remedies.map((one) => (
          <FactRow key={one.documentId} name={one.kind === 'write_off' ? 'Written off by' : 'Credited by'}>
            {one.kind === 'credit_note' ? (
              <TenantLink to={`invoices/${one.documentId}`}>{one.number}</TenantLink>
            ) : (
              one.number
            )}
          </FactRow>
        ))}
      </Facts>
    </Panel>
  );
}

const TITLES: Readonly<Record<string, string>> = {
  'dispute.opened': 'Opened',
  'dispute.noted': 'Note',
  'dispute.reason_changed': 'Reason changed',
  'dispute.remedied': 'A document was made for it',
  'dispute.released': 'Part taken out',
  'dispute.closed': 'Decided',
  'dispute.reopened': 'Reopened',
};

function Happened({ dispute }: { readonly dispute: Dispute }) {
  const add = useCommand(noteDispute);
  const [note, setNote] = useState('');
  return (
    <Panel title="What happened">
      {dispute.may.record === 'not_permitted' ? null : (
        <Stack gap="xs" mb="md">
          {add.error ? <Trouble problem={add.error} /> : null}
          <Textarea
            aria-label="Note"
            placeholder="What was said or found"
            autosize
            minRows={2}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button
              size="compact-sm"
              variant="default"
              disabled={note.trim() === ''}
              loading={add.isPending}
              onClick={() =>
                add.mutate(
                  { params: { disputeId: dispute.disputeId }, body: { note } },
                  { onSuccess: () => setNote('') },
                )
              }
            >
              Keep the note
            </Button>
          </Group>
        </Stack>
      )}
      <History
        entries={dispute.history.toReversed().map((event) => {
          const data = event.data as { readonly note?: string | null; readonly outcome?: string };
          return {
            key: `${event.at}${event.type}`,
            title: `${TITLES[event.type] ?? event.type}${data.outcome ? `: ${data.outcome}` : ''}`,
            when: momentWords(event.at),
            children: data.note ? <Text size="sm">{data.note}</Text> : null,
          };
        })}
      />
    </Panel>
  );
}

type DialogProps = { readonly dispute: Dispute; onClose(): void };

function ReleaseDialog({ dispute, onClose }: DialogProps) {
  const release = useCommand(releaseDispute);
  const items = dispute.items.filter((item) => Number(item.disputed.open.amount) > 0);
  const [amounts, setAmounts] = useState<Readonly<Record<string, string>>>({});
  const [note, setNote] = useState('');
  const chosen = items.flatMap((item) => {
    const amount = typedDecimal(amounts[item.itemId] ?? '');
    return amount === undefined || Number(amount) === 0
      ? []
      : [{ itemId: item.itemId, amount: { amount, currency: item.disputed.open.currency } }];
  });
  const { at, rest } = placeTrouble(release.error, ['note'], {});
  return (
    <FormDialog
      title="Take a part out of the dispute"
      opened
      onClose={onClose}
      onSubmit={() =>
        release.mutate(
          { params: { disputeId: dispute.disputeId }, body: { items: chosen, note } },
          { onSuccess: onClose },
        )
      }
      submitLabel="It is owed as before"
      busy={release.isPending}
      problem={rest}
    >
      {items.map((item) => (
        <Group key={item.itemId} justify="space-between" wrap="nowrap">
          <Text size="sm">
            {item.reference}, disputed <Money value={item.disputed.open} />
          </Text>
          <TextInput
            aria-label={`Taken out of ${item.reference}`}
            placeholder="nothing"
            inputMode="decimal"
            w={130}
            value={amounts[item.itemId] ?? ''}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setAmounts((before) => ({ ...before, [item.itemId]: value }));
            }}
          />
        </Group>
      ))}
      <Textarea
        label="Why"
        required
        autosize
        minRows={2}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={at('note')}
      />
    </FormDialog>
  );
}

function ReopenDialog({ dispute, onClose }: DialogProps) {
  const reopen = useCommand(reopenDispute);
  const [note, setNote] = useState('');
  const { at, rest } = placeTrouble(reopen.error, ['note'], {});
  return (
    <FormDialog
      title={`Reopen ${dispute.number}`}
      opened
      onClose={onClose}
      onSubmit={() =>
        reopen.mutate({ params: { disputeId: dispute.disputeId }, body: { note } }, { onSuccess: onClose })
      }
      submitLabel="Reopen"
      busy={reopen.isPending}
      problem={rest}
    >
      <Textarea
        label="Why"
        required
        autosize
        minRows={2}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={at('note')}
      />
    </FormDialog>
  );
}
