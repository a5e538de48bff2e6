// One day of a bank account: the balances and bars that must meet, the lines behind them, and who vouches for the day.

import { Alert, Badge, Button, Chip, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import {
  explainBankLine,
  listTieOutLines,
  readTieOutDay,
  reopenTieOutDay,
  signTieOutDay,
  undoBankLine,
} from '#reconciliation/contract.ts';
import { useAddress, useGo, usePathPart } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { readOn, rowsOf, useCommand, usePages, useRead } from '../../lib/data.ts';
import { dayWords, momentWords } from '../../lib/format.ts';
import { typedDecimal } from '../../lib/typed.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { MayButton } from '../../ui/MayButton.tsx';
import { Money, type MoneyValue } from '../../ui/Money.tsx';
import { Empty, Page, Panel, Shown } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { DayBars } from './DayBars.tsx';
import { ExplainDialog } from './ExplainDialog.tsx';
import {
  BADGE_COLORS,
  findingWords,
  isNothing,
  KIND_COLORS,
  KIND_WORDS,
  type Kind,
  type Line,
  REASON_WORDS,
} from './tie-words.ts';

type Day = Reply<typeof readTieOutDay>;

/** While a line waits, a worker may explain it by a rule. */
const WAITING_MS = 5_000;
/** Lines that show more of what waits than the day has are read again until both say the same. */
const BEHIND_MS = 1_000;

/** How many lines of a day wait to be explained. */
function waitingOf(day: Day | undefined): number {
  return day?.kinds.find(({ kind }) => kind === 'unexplained')?.lines ?? 0;
}

export default function TieOutDayPage() {
  const bankAccountId = usePathPart('bankAccountId');
  const day = usePathPart('day');
  const read = useRead(
    readTieOutDay,
    { params: { bankAccountId, day } },
    { refreshMs: (last) => (waitingOf(last) > 0 ? WAITING_MS : false) },
  );
  return <Shown read={read}>{(found) => <OneDay day={found} />}</Shown>;
}

function OneDay({ day }: { readonly day: Day }) {
  const go = useGo();
  const [signing, setSigning] = useState<'sign' | 'reopen' | null>(null);
  const at = `tie-out/${day.account.bankAccountId}`;
  return (
    <Page
      title={`${day.account.name}, ${dayWords(day.day)}`}
      subtitle={
        <Group gap="xs">
          <TenantLink to="tie-out">Tie-out</TenantLink>
          <Badge color={BADGE_COLORS[day.state]} autoContrast>
            {day.state}
          </Badge>
          {day.signed ? (
            <span>
              signed by {day.signed.by}, {momentWords(day.signed.at)}
            </span>
          ) : null}
        </Group>
      }
      actions={
        <>
          <Button
            variant="default"
            px="xs"
            aria-label="The day before"
            disabled={day.before === null}
            onClick={() => go(`${at}/${day.before}`)}
          >
            <IconChevronLeft size={16} aria-hidden />
          </Button>
          <Button
            variant="default"
            px="xs"
            aria-label="The day after"
            disabled={day.after === null}
            onClick={() => go(`${at}/${day.after}`)}
          >
            <IconChevronRight size={16} aria-hidden />
          </Button>
          {day.signed ? (
            <MayButton
              may={day.may.reopen}
              operation={reopenTieOutDay}
              variant="default"
              onClick={() => setSigning('reopen')}
            >
              Open again
            </MayButton>
          ) : (
            <MayButton may={day.may.sign} operation={signTieOutDay} onClick={() => setSigning('sign')}>
              Sign off
            </MayButton>
          )}
        </>
      }
    >
      {day.reasons.length > 0 || day.findings.length > 0 ? (
        <Alert color={day.state === 'off' ? 'red' : 'yellow'}>
          {day.reasons.map((reason) => (
            <Text key={reason} size="sm">
              {REASON_WORDS[reason]}.
            </Text>
          ))}
          {day.findings.map((finding) => (
            <Text key={finding.statementId} size="sm">
              {findingWords(finding)}
            </Text>
          ))}
        </Alert>
      ) : null}
      <SimpleGrid cols={{ base: 1, md: 2 }} style={{ alignItems: 'start' }}>
        <Balances day={day} />
        <Panel title="Bank, lines and books">
          {day.kinds.length === 0 ? (
            <Text size="sm" c="dimmed">
              Nothing moved on this day.
            </Text>
          ) : (
            <DayBars day={day} />
          )}
        </Panel>
      </SimpleGrid>
      <Lines day={day} />
      <Signatures day={day} />
      {signing === 'sign' ? <SignDialog day={day} onClose={() => setSigning(null)} /> : null}
      {signing === 'reopen' ? <ReopenDialog day={day} onClose={() => setSigning(null)} /> : null}
    </Page>
  );
}

function Balances({ day }: { readonly day: Day }) {
  const row = (label: string, value: MoneyValue | null, strong = false) => (
    <Group justify="space-between" wrap="nowrap">
      <Text size="sm" fw={strong ? 650 : 400}>
        {label}
      </Text>
      <Text size="sm" fw={strong ? 650 : 400} component="div">
        {value === null ? 'not known' : <Money value={value} />}
      </Text>
    </Group>
  );
  const off = (label: string, value: MoneyValue) =>
    isNothing(value.amount) ? null : (
      <Group justify="space-between" wrap="nowrap" c="red">
        <Text size="sm" fw={650}>
          {label}
        </Text>
        <Text size="sm" fw={650} component="div">
          <Money value={value} />
        </Text>
      </Group>
    );
  return (
    <Panel title="Balances">
      <Stack gap={6}>
        {off('Differs from the closing before by', day.carriedOff)}
        {row('Opening balance', day.opening, true)}
        {day.kinds.map((sum) => (
          <Group key={sum.kind} justify="space-between" wrap="nowrap" pl="md">
            <Group gap={8} wrap="nowrap">
              <span
                aria-hidden
                style={{
                  width: 10,
                  height: 10,
                  borderRadius: 3,
                  background: KIND_COLORS[sum.kind],
                  flex: 'none',
                }}
              />
              <Text size="sm">
                {KIND_WORDS[sum.kind]}{' '}
                <Text span c="dimmed" size="xs">
                  {sum.lines}
                  {sum.unappliedCount > 0 ? `, ${sum.unappliedCount} not applied yet` : ''}
                </Text>
              </Text>
            </Group>
            <Text size="sm" component="div">
              <Money value={sum.amount} />
            </Text>
          </Group>
        ))}
        {off('Differs from opening and lines by', day.closingOff)}
        {row('Closing balance', day.closing, true)}
      </Stack>
    </Panel>
  );
}

function Lines({ day }: { readonly day: Day }) {
  const [search, setSearch] = useAddress();
  const [explaining, setExplaining] = useState<Line | null>(null);
  const [undoing, setUndoing] = useState<Line | null>(null);
  const kind = day.kinds.find((sum) => sum.kind === search.kind)?.kind;
  const { bankAccountId } = day.account;
  const pages = usePages(
    listTieOutLines,
    { params: { bankAccountId, day: day.day }, query: kind ? { kind } : {} },
    { refreshMs: (read) => (shownWaiting(rowsOf(read)) > waitingOf(day) ? BEHIND_MS : false) },
  );
  const columns: readonly Column<Line>[] = [
    {
      key: 'who',
      title: 'Line',
      grow: 40,
      cell: (line) => (
        <Text size="sm" truncate title={[line.payerName, line.text].filter(Boolean).join(': ')}>
          {line.payerName ? (
            <Text span fw={550} size="sm">
              {line.payerName}{' '}
            </Text>
          ) : null}
          {line.text || (line.payerName ? '' : 'no text')}
        </Text>
      ),
      under: (line) => <Is line={line} />,
    },
    { key: 'kind', title: 'Is', wideOnly: true, grow: 35, cell: (line) => <Is line={line} /> },
    { key: 'amount', title: 'Amount', numeric: true, cell: (line) => <Money value={line.amount} /> },
    {
      key: 'act',
      title: '',
      cell: (line) =>
        line.isExplained ? (
          <MayButton
            may={day.may.explain}
            operation={undoBankLine}
            size="compact-xs"
            variant="default"
            onClick={() => setUndoing(line)}
          >
            Take back
          </MayButton>
        ) : line.kind === 'return' ? null : (
          <MayButton
            may={day.may.explain}
            operation={explainBankLine}
            size="compact-xs"
            variant={line.kind === 'unexplained' ? 'filled' : 'default'}
            onClick={() => setExplaining(line)}
          >
            Explain
          </MayButton>
        ),
    },
  ];
  return (
    <Stack gap="sm">
      <Group gap={6}>
        {day.kinds.length > 1
          ? day.kinds.map((sum) => (
              <Chip
                key={sum.kind}
                size="xs"
                checked={kind === sum.kind}
                onChange={(on) => setSearch({ kind: on ? sum.kind : '' })}
              >
                {KIND_WORDS[sum.kind]} ({sum.lines})
              </Chip>
            ))
          : null}
      </Group>
      <Shown read={pages}>
        {() => (
          <DataTable
            label="Bank lines of the day"
            columns={columns}
            rows={rowsOf(pages.data)}
            keyOf={(line) => line.lineId}
            onEnd={() => readOn(pages)}
            loadingMore={pages.isFetchingNextPage}
            empty={<Empty title="No line on this day">The balance went on from the day before.</Empty>}
          />
        )}
      </Shown>
      {explaining ? (
        <ExplainDialog line={explaining} bankAccountId={bankAccountId} onClose={() => setExplaining(null)} />
      ) : null}
      {undoing ? <UndoDialog line={undoing} onClose={() => setUndoing(null)} /> : null}
    </Stack>
  );
}

function shownWaiting(lines: readonly Line[]): number {
  return lines.filter(({ kind }) => kind === 'unexplained').length;
}

function Is({ line }: { readonly line: Line }) {
  const said = line.rule ? `by the rule “${line.rule}”` : line.explainedBy ? `said ${line.explainedBy}` : '';
  const isOpen = line.unapplied !== null && !isNothing(line.unapplied.amount);
  return (
    <Text size="sm" truncate component="div">
      {line.payment ? (
        <TenantLink to={`payments/${line.payment.paymentId}`}>{line.payment.number}</TenantLink>
      ) : (
        SINGULAR[line.kind]
      )}
      {line.shows.length > 0 ? `: ${line.shows.join(', ')}` : ''}{' '}
      <Text span size="xs" c="dimmed">
        {line.kind === 'receipt'
          ? [line.customer?.name ?? 'nobody known', ...(isOpen ? ['not all applied'] : [])].join(', ')
          : [line.note, line.isExplained ? said : ''].filter(Boolean).join(' · ')}
      </Text>
    </Text>
  );
}

const SINGULAR: Readonly<Record<Kind, string>> = {
  receipt: 'Receipt',
  deposit: 'Deposit',
  refund: 'Refund',
  return: 'Returned payment',
  fee: 'Bank fee',
  interest: 'Interest',
  transfer: 'Transfer',
  sweep: 'Sweep',
  other: 'Of other books',
  unexplained: 'Not explained',
};

function UndoDialog({ line, onClose }: { readonly line: Line; onClose(): void }) {
  const undo = useCommand(undoBankLine);
  const [note, setNote] = useState('');
  return (
    <FormDialog
      title="Take back what was said"
      opened
      onClose={onClose}
      onSubmit={() =>
        undo.mutate({ params: { lineId: line.lineId }, body: { note: note.trim() } }, { onSuccess: onClose })
      }
      submitLabel="Take back"
      busy={undo.isPending}
      problem={undo.error}
    >
      <Text size="sm">
        The line waits to be explained again. If an import took it for a receipt, it is a receipt again, of
        nobody yet.
      </Text>
      <TextInput label="Why" required value={note} onChange={(event) => setNote(event.currentTarget.value)} />
    </FormDialog>
  );
}

function SignDialog({ day, onClose }: { readonly day: Day; onClose(): void }) {
  const sign = useCommand(signTieOutDay);
  const [note, setNote] = useState('');
  const [closing, setClosing] = useState('');
  const { currency, bankAccountId } = day.account;
  const isUnknown = day.reasons.includes('balance_unknown');
  const amount = typedDecimal(closing);
  return (
    <FormDialog
      title={`Sign off ${dayWords(day.day)}`}
      opened
      onClose={onClose}
      onSubmit={() =>
        sign.mutate(
          {
            params: { bankAccountId, day: day.day },
            body: {
              ...(note.trim() ? { note: note.trim() } : {}),
              ...(isUnknown && amount !== undefined ? { closing: { amount, currency } } : {}),
            },
          },
          { onSuccess: onClose },
        )
      }
      submitLabel="I vouch for it"
      busy={sign.isPending}
      problem={sign.error}
    >
      <Text size="sm" component="div">
        You vouch for the figures of this day: {day.lines} lines
        {day.closing ? (
          <>
            , closing at <Money value={day.closing} />
          </>
        ) : null}
        . They are kept with their hash, and the day is locked: new lines for it are refused until somebody
        else opens it again.
      </Text>
      {isUnknown ? (
        <TextInput
          label={`Balance you saw at the bank (${currency})`}
          description="No statement says the balance of this day"
          required
          inputMode="decimal"
          value={closing}
          onChange={(event) => setClosing(event.currentTarget.value)}
        />
      ) : null}
      <TextInput label="Note" value={note} onChange={(event) => setNote(event.currentTarget.value)} />
    </FormDialog>
  );
}

function ReopenDialog({ day, onClose }: { readonly day: Day; onClose(): void }) {
  const reopen = useCommand(reopenTieOutDay);
  const [reason, setReason] = useState('');
  const { bankAccountId } = day.account;
  return (
    <FormDialog
      title={`Open ${dayWords(day.day)} again`}
      opened
      onClose={onClose}
      onSubmit={() =>
        reopen.mutate(
          { params: { bankAccountId, day: day.day }, body: { reason: reason.trim() } },
          { onSuccess: onClose },
        )
      }
      submitLabel="Open again"
      busy={reopen.isPending}
      problem={reopen.error}
      danger
    >
      <TextInput
        label="Why"
        required
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

function Signatures({ day }: { readonly day: Day }) {
  if (day.history.length === 0) return null;
  return (
    <Panel title="Signatures">
      <Stack gap="xs">
        {day.history.map((one) => (
          <div key={one.signOffId}>
            <Text size="sm">
              {one.signedBy} signed off, {momentWords(one.signedAt)}
              {one.note ? `: ${one.note}` : ''}
            </Text>
            <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              SHA-256 of the figures {one.sha256}
            </Text>
            {one.reopenedAt ? (
              <Text size="sm">
                {one.reopenedBy} opened it again, {momentWords(one.reopenedAt)}: {one.reopenedReason}
              </Text>
            ) : null}
          </div>
        ))}
      </Stack>
    </Panel>
  );
}
