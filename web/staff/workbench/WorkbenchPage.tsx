// The workbench: receipts that wait at the edge, the one in hand with its evidence, the items to choose from. All of it by
// single keys; after one is applied the next is there at once, because it was read before.

import { Alert, Button, Grid, Group, Kbd, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { listDisputeReasons } from '#disputes/contract.ts';
import { applyPayment, getPayment, identifyPayment, unapplyPayment } from '#payments/contract.ts';
import { listCustomerItems } from '#reporting/contract.ts';
import { endMark, listWaitingReceipts, markReceipt } from '#workbench/contract.ts';
import { useAddress } from '../../lib/address.ts';
import type { ApiProblem, Reply } from '../../lib/api.ts';
import { rowsOf, useCommand, usePages, useRead, useRehearsal } from '../../lib/data.ts';
import { Empty, Page, Shown, Trouble } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { type Choice, useChoices } from '../payments/ApplyForm.tsx';
import { toMoney } from '../payments/amounts.ts';
import { type HandedOver, OtherCompanyDialog } from '../payments/OtherCompanyDialog.tsx';
import type { Payment } from '../payments/PaymentPage.tsx';
import { type Asking, Dialogs } from './Dialogs.tsx';
import {
  applyInput,
  type Chosen,
  deducting,
  dropping,
  hindranceOf,
  NOTHING,
  shortOf,
  staying,
  taken,
  toggled,
  typing,
  unsaidShort,
  writingOff,
} from './desk.ts';
import { Evidence } from './Evidence.tsx';
import { amountId, Items } from './Items.tsx';
import { Queue, type Waiting } from './Queue.tsx';
import type { ShortAnswer } from './ShortDialogs.tsx';
import { useKeys } from './use-keys.ts';
import { useLearning } from './use-learning.ts';

/** A step that can be undone. */
type Step = {
  readonly paymentId: string;
  readonly says: string;
  /** What was applied; it may be on its way to the server still. */
  readonly applied?: Promise<readonly string[]>;
  /** Whose the money was before it was moved; null for nobody’s. */
  readonly movedFrom?: string | null;
};

export default function WorkbenchPage() {
  const [search, setSearch] = useAddress();
  const order = (search.order ?? 'oldest') as 'oldest' | 'largest' | 'surest';
  const part = (search.part ?? 'open') as 'open';
  const pages = usePages(listWaitingReceipts, { query: { order, part } });
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const [steps, setSteps] = useState<readonly Step[]>([]);
  const rows = rowsOf(pages.data).filter((row) => !gone.has(row.paymentId));
  const at = Math.max(
    0,
    rows.findIndex((row) => row.paymentId === search.receipt),
  );
  const current = rows[at];
  const next = rows[at + 1] ?? rows[at - 1];
  const apply = useCommand(applyPayment, { touched: itemsOf });
  const [failed, setFailed] = useState<Failed>();
  const read = useRead(
    getPayment,
    { params: { paymentId: current?.paymentId ?? '' } },
    { enabled: current !== undefined },
  );
  useReadAhead([next, rows[at + 2]]);
  useRead(listDisputeReasons);
  const pick = (paymentId: string | undefined): void => setSearch({ receipt: paymentId ?? '' });
  const finish = (step: Step): void => {
    setSteps((before) => [...before, step]);
    setGone((before) => new Set([...before, step.paymentId]));
    pick(next?.paymentId);
    if (rows.length < 5 && pages.hasNextPage) void pages.fetchNextPage();
  };
  const comeBack = (undone: Step): void => {
    const { paymentId } = undone;
    setSteps((before) => before.filter((step) => !isSame(step, undone)));
    setGone((before) => new Set([...before].filter((id) => id !== paymentId)));
    pick(paymentId);
  };
  // Whoever applies goes on at once. What the server then refuses is in the queue again, and it says why; what is in hand stays, so
  // that no key meets another receipt than was looked at.
  const send = (input: ApplyInput, number: string): void => {
    const { paymentId } = input.params;
    setFailed(undefined);
    const applied = apply.mutateAsync(input).then((done) => {
      const says = `${number} applied to ${done.items.map((item) => item.reference).join(', ')}`;
      setSteps((all) => all.map((step) => (step.applied === applied ? { ...step, says } : step)));
      return done.applications.map((one) => one.applicationId);
    });
    applied.catch((problem: ApiProblem) => {
      setSteps((all) => all.filter((step) => step.applied !== applied));
      setGone((before) => new Set([...before].filter((id) => id !== paymentId)));
      setFailed({ paymentId, number, problem });
    });
    finish({ paymentId, says: `${number} is being applied`, applied });
  };
  const waiting = Math.max(0, (pages.data?.pages[0]?.waiting ?? 0) - goneIn(rowsOf(pages.data), gone));
  return (
    <Page
      title="Workbench"
      actions={
        <Text size="sm">
          <span className="hide-narrow">
            <Kbd>?</Kbd> shows the keys ·{' '}
          </span>
          <TenantLink to="workbench/learnt">What was learnt</TenantLink>
        </Text>
      }
    >
      <Shown read={pages}>
        {() => (
          <Grid gap="md">
            <Grid.Col span={{ base: 12, md: 4, lg: 3 }}>
              <Queue
                rows={rows}
                waiting={waiting}
                currentId={current?.paymentId}
                order={order}
                part={part}
                onPick={pick}
                onChange={setSearch}
              />
            </Grid.Col>
            <Grid.Col span={{ base: 12, md: 8, lg: 9 }}>
              {current === undefined ? (
                <Empty title="Nothing waits here">Whatever comes in and is not certain will.</Empty>
              ) : read.data?.paymentId !== current.paymentId ? (
                <Shown read={{ ...read, data: undefined }}>{() => null}</Shown>
              ) : (
                <Desk
                  key={current.paymentId}
                  payment={read.data}
                  waiting={current}
                  last={steps.at(-1)}
                  failed={failed}
                  onBack={() => failed && pick(failed.paymentId)}
                  onApply={send}
                  onStep={(by) => pick(rows[at + by]?.paymentId ?? current.paymentId)}
                  onDone={finish}
                  onMoved={(step) => setSteps((before) => [...before, step])}
                  onUndone={comeBack}
                />
              )}
            </Grid.Col>
          </Grid>
        )}
      </Shown>
    </Page>
  );
}

/** Whether two are one step; what it says may have changed meanwhile. */
function isSame(one: Step, other: Step): boolean {
  return (
    one.paymentId === other.paymentId && one.applied === other.applied && one.movedFrom === other.movedFrom
  );
}

type ApplyInput = ReturnType<typeof applyInput>;

/** The items that were settled: whatever shows one of them as open is read again at once. */
const itemsOf = ({ items }: Reply<typeof applyPayment>): readonly string[] =>
  items.map((item) => item.itemId);

/** What the server refused after one went on. */
type Failed = { readonly paymentId: string; readonly number: string; readonly problem: ApiProblem };

/** Reads the receipts that come next, and what their customers owe, before they are in hand. */
function useReadAhead([one, two]: readonly (Waiting | undefined)[]): void {
  useReceipt(one);
  useReceipt(two);
}

function useReceipt(row: Waiting | undefined): void {
  const read = useRead(
    getPayment,
    { params: { paymentId: row?.paymentId ?? '' } },
    { enabled: row !== undefined },
  );
  const payment = read.data?.paymentId === row?.paymentId ? read.data : undefined;
  const customerId = payment?.customer?.id ?? payment?.match?.payer?.id;
  usePages(
    listCustomerItems,
    { params: { customerId: customerId ?? '' } },
    { enabled: customerId !== undefined },
  );
}

/** How many of the rows read are done here but counted still. */
function goneIn(rows: readonly Waiting[], gone: ReadonlySet<string>): number {
  return rows.filter((row) => gone.has(row.paymentId)).length;
}

type DeskProps = {
  readonly payment: Payment;
  readonly waiting: Waiting;
  readonly last: Step | undefined;
  /** What was refused after one went on. */
  readonly failed: Failed | undefined;
  onBack(): void;
  onApply(input: ApplyInput, number: string): void;
  onStep(by: number): void;
  onDone(step: Step): void;
  /** Something was done that leaves the receipt in hand. */
  onMoved(step: Step): void;
  onUndone(step: Step): void;
};

function Desk(props: DeskProps) {
  const { payment, waiting, last, failed, onApply, onBack, onStep, onDone, onMoved, onUndone } = props;
  const [chosen, setChosen] = useState<Chosen>(NOTHING);
  const [at, setAt] = useState(0);
  const [asking, setAsking] = useState<Asking>();
  const [elsewhere, setElsewhere] = useState(false);
  const [shortId, setShortId] = useState<string>();
  const [beside, setBeside] = useState<string>();
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const choices = [...useChoices(payment), ...useItemsOf(beside, payment)].filter(once);
  const unapply = useCommand(unapplyPayment);
  const move = useCommand(identifyPayment);
  const mark = useCommand(markReceipt);
  const unmark = useCommand(endMark);
  const { paymentId, number } = payment;
  const params = { paymentId };
  const onError = setProblem;
  const isReady = hindranceOf(payment, chosen) === undefined;
  const rehearsal = useRehearsal(applyPayment, applyInput(payment, choices, chosen), isReady);
  const accept = (as: Chosen = chosen): void => {
    if (!isReady) return;
    // What is missing is asked once: whether it stays due, was kept back, or is let go.
    const unsaid = unsaidShort(payment, choices, as, rehearsal.isFetching ? undefined : rehearsal.data);
    if (unsaid) {
      setShortId(unsaid.itemId);
      setAsking('short');
      return;
    }
    onApply(applyInput(payment, choices, as), number);
  };
  const put = (body: { kind: 'asked' | 'kept'; userId?: string; note: string }, says: string): void =>
    mark.mutate({ params, body }, { onError, onSuccess: () => onDone({ paymentId, says }) });
  const moveTo = (customerId: string, whom: string): void => {
    if (move.isPending) return;
    const movedFrom = payment.customer?.id ?? null;
    const says = `${number} moved to ${whom}`;
    move.mutate(
      { params, body: { customerId } },
      { onError, onSuccess: () => onMoved({ paymentId, says, movedFrom }) },
    );
  };
  const undo = (): void => {
    if (last === undefined) return;
    // Heard also after somebody went on to another receipt: what was taken back waits again.
    const undone = (answer: Promise<unknown>): void => void answer.then(() => onUndone(last), onError);
    const ofLast = { paymentId: last.paymentId };
    if (last.movedFrom !== undefined)
      undone(move.mutateAsync({ params: ofLast, body: { customerId: last.movedFrom } }));
    else if (last.applied)
      // Where it was refused meanwhile there is nothing to take back: it is in the queue again.
      void last.applied.then(
        (ids) => undone(unapply.mutateAsync({ params: ofLast, body: { applicationIds: [...ids] } })),
        () => undefined,
      );
    else undone(unmark.mutateAsync({ params: ofLast }));
  };
  const cursor = choices[Math.min(at, choices.length - 1)];
  const askOf = (what: Asking): void => {
    if (!cursor || !shortOf(cursor, chosen)) return;
    setShortId(cursor.itemId);
    setAsking(what);
  };
  const pressed: Readonly<Record<string, () => void>> = {
    j: () => onStep(1),
    k: () => onStep(-1),
    ArrowDown: () => setAt(Math.min(at + 1, choices.length - 1)),
    ArrowUp: () => setAt(Math.max(at - 1, 0)),
    ' ': () => cursor && setChosen(toggled(payment, chosen, cursor, choices)),
    a: () => accept(),
    s: () => cursor && document.getElementById(amountId(cursor.itemId))?.focus(),
    m: () => setAsking('move'),
    t: () => {
      const theirs = likeliestOther(payment);
      if (theirs) moveTo(theirs.id, theirs.name);
    },
    '/': () => setAsking('look'),
    c: () => payment.may.handOver === true && setElsewhere(true),
    q: () => setAsking('ask'),
    '?': () => setAsking('keys'),
    o: () => put({ kind: 'kept', note: '' }, `${number} left on account, looked at again in 30 days`),
    w: () => cursor && shortOf(cursor, chosen) && setChosen(dropping(chosen, cursor.itemId, rehearsal.data)),
    d: () => askOf('deduct'),
    x: () => askOf('write_off'),
    u: undo,
    b: onBack,
  };
  const learn = useLearning(payment.customer === null ? undefined : paymentId, last?.paymentId, onError);
  useKeys(
    (key) => {
      const suggestion = /^[1-9]$/.test(key) ? payment.match?.suggestions[Number(key) - 1] : undefined;
      const act = suggestion
        ? () => setChosen(taken(payment, suggestion))
        : key === 'y'
          ? learn.accept
          : pressed[key];
      act?.();
      return act !== undefined;
    },
    asking !== undefined || elsewhere,
  );
  const close = (): void => setAsking(undefined);
  const short = choices.find((one) => one.itemId === shortId);
  const missing = short && shortOf(short, chosen);
  const answer = (what: ShortAnswer): void => {
    close();
    if (!short) return;
    if (what === 'deduct' || what === 'write_off') setAsking(what);
    else if (what === 'drop') setChosen(dropping(chosen, short.itemId, rehearsal.data));
    else {
      const next = staying(chosen, short.itemId);
      setChosen(next);
      accept(next);
    }
  };
  return (
    <Stack gap="sm">
      {last ? (
        <Group gap="xs" role="status">
          <Text size="sm" c="dimmed">
            {last.says}
          </Text>
          <Button size="compact-xs" variant="subtle" onClick={undo}>
            Undo (u)
          </Button>
        </Group>
      ) : null}
      {learn.question ? (
        <Alert variant="light" color="teal" p="xs">
          <Group justify="space-between" gap="xs">
            <Text size="sm">{learn.question}</Text>
            <Button size="compact-sm" variant="default" onClick={learn.accept}>
              Remember it (y)
            </Button>
          </Group>
        </Alert>
      ) : null}
      {failed ? (
        <Alert variant="light" color="red" p="xs" role="alert">
          <Group justify="space-between" gap="xs">
            <Text size="sm">
              {failed.number} was not applied. {failed.problem.message}
            </Text>
            {failed.paymentId === paymentId ? null : (
              <Button size="compact-sm" variant="default" onClick={onBack}>
                Back to it (b)
              </Button>
            )}
          </Group>
        </Alert>
      ) : null}
      {problem ? <Trouble problem={problem} /> : null}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Evidence payment={payment} waiting={waiting} onTake={(one) => setChosen(taken(payment, one))} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Items
            payment={payment}
            choices={choices}
            chosen={chosen}
            at={at}
            told={rehearsal.isFetching ? undefined : rehearsal.data}
            problem={isReady && !rehearsal.isFetching ? rehearsal.error : null}
            onToggle={(choice) => setChosen(toggled(payment, chosen, choice, choices))}
            onType={(choice, text) => setChosen(typing(chosen, choice, text))}
            onApply={() => accept()}
          />
        </Grid.Col>
      </Grid>
      {payment.may.handOver === true ? (
        <Group justify="flex-end">
          <Button size="compact-sm" variant="default" onClick={() => setElsewhere(true)}>
            Use for another company (c)
          </Button>
        </Group>
      ) : null}
      {elsewhere ? (
        <OtherCompanyDialog
          payment={payment}
          onClose={() => setElsewhere(false)}
          onDone={(done) => handedOver(payment, done, { onDone, onMoved })}
        />
      ) : null}
      <Dialogs
        asking={asking}
        onClose={close}
        onMove={(customerId) => {
          close();
          moveTo(customerId, 'another customer');
        }}
        onLook={(customerId) => {
          close();
          setBeside(customerId);
        }}
        onDeduct={(reason) => {
          close();
          if (short) setChosen(deducting(chosen, short.itemId, reason));
        }}
        short={short && missing && { reference: short.reference, missing }}
        writtenOff={chosen.how}
        onShort={answer}
        onWriteOff={(how) => {
          close();
          if (short) setChosen(writingOff(chosen, short.itemId, how));
        }}
        onAsk={(userId, note) => {
          close();
          put({ kind: 'asked', userId, note }, `A colleague is asked about ${number}`);
        }}
      />
    </Stack>
  );
}

/** What was used for another company is a step that can be undone; the receipt stays in hand while something is left of it. */
function handedOver(
  { paymentId, number, free }: Payment,
  done: HandedOver,
  { onDone, onMoved }: Pick<DeskProps, 'onDone' | 'onMoved'>,
): void {
  const references = done.items.map((item) => item.reference).join(', ');
  const applied = Promise.resolve(done.applications.map((one) => one.applicationId));
  const step = { paymentId, says: `${number} used for ${references} of another company`, applied };
  // What was granted back is not free, and waits for nobody.
  if (toMoney(done.handedOver).minor === toMoney(free).minor) onDone(step);
  else onMoved(step);
}

/** The customer that the first suggestion, else what was named, points to, where the money stands with somebody else or nobody. */
function likeliestOther({
  customer,
  match,
}: Payment): { readonly id: string; readonly name: string } | undefined {
  const [first] = match?.suggestions ?? [];
  const named = match?.candidates.find(({ reasons }) => reasons.includes('reference_named'))?.customer;
  const theirs = first?.customer ?? named ?? match?.payer;
  return theirs && theirs.id !== customer?.id ? theirs : undefined;
}

function once(choice: Choice, index: number, all: readonly Choice[]): boolean {
  return all.findIndex((one) => one.itemId === choice.itemId) === index;
}

/** The open items of a customer that was looked up besides. */
function useItemsOf(customerId: string | undefined, payment: Payment): readonly Choice[] {
  const pages = usePages(
    listCustomerItems,
    { params: { customerId: customerId ?? '' } },
    { enabled: customerId !== undefined },
  );
  if (customerId === undefined) return [];
  return rowsOf(pages.data).flatMap((item): Choice[] =>
    item.documentId === payment.paymentId ||
    item.companyId !== payment.companyId ||
    item.open.currency !== payment.amount.currency
      ? []
      : [
          {
            itemId: item.id,
            reference: item.reference,
            customer: item.customer?.name,
            customerId: item.customer?.id,
            dueOn: item.dueOn,
            daysLate: item.daysLate,
            open: item.openNow,
            kind: item.kind,
            reasons: [],
          },
        ],
  );
}
