// One account after the other: facts, what to do, what to say, and the outcome by single keys; then the next one is there.

import { Button, Grid, Group, Kbd, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { listCustomerItems } from '#reporting/contract.ts';
import {
  finishAccount,
  RANKS,
  readWorklistAccount,
  takeAccount,
  takeNextAccount,
  WHOSE,
} from '#worklist/contract.ts';
import { useAddress } from '../../lib/address.ts';
import type { ApiProblem } from '../../lib/api.ts';
import { rowsOf, useCommand, usePages, useRead } from '../../lib/data.ts';
import { countText, dayWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { Empty, Page, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { CallBars, isBarred, useCalling } from '../calls/CallBars.tsx';
import { OUTCOME_WORDS } from '../calls/call-words.ts';
import { DialLink } from '../calls/DialLink.tsx';
import { PlaceDialog } from '../holds/PlaceDialog.tsx';
import { useKeys } from '../workbench/use-keys.ts';
import { DeskFacts } from './DeskFacts.tsx';
import { KeysDialog } from './KeysDialog.tsx';
import { NextActions } from './NextActions.tsx';
import { type Desk, OutcomeDialog, type Owed } from './OutcomeDialog.tsx';
import { Reasons } from './Reasons.tsx';
import { SendDialog } from './SendDialog.tsx';
import { type Account, SnoozeDialog } from './SnoozeDialog.tsx';
import { ACTION_WORDS, isOutcomeKey, OTHER_KEYS, OUTCOME_KEYS, type OutcomeKey } from './worklist-words.ts';

type Asking = OutcomeKey | 'snooze' | 'hold' | 'send' | 'keys';

export default function DeskPage() {
  const [search, setSearch] = useAddress();
  const take = useCommand(takeNextAccount);
  const [passed, setPassed] = useState<readonly Account[]>([]);
  const [says, setSays] = useState('');
  const [isOver, setIsOver] = useState(false);
  const rank = RANKS.find((one) => one === search.rank) ?? 'points';
  const whose = WHOSE.find((one) => one === search.whose) ?? 'all';
  const account =
    search.company && search.customer
      ? { companyId: search.company, customerId: search.customer }
      : undefined;
  const next = (without: readonly Account[]): void => {
    if (take.isPending) return;
    take.mutate(
      { body: { rank, whose, passed: [...without] } },
      {
        onSuccess: ({ next: taken }) => {
          setIsOver(taken === null);
          setSearch({ company: taken?.companyId ?? '', customer: taken?.customerId ?? '' });
        },
      },
    );
  };
  // The first one comes by itself; after that each is asked for.
  const { isIdle } = take;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the page comes without an account
  useEffect(() => {
    if (account === undefined && isIdle) next(passed);
  }, [account === undefined, isIdle]);
  const skip = (): void => {
    const without = account ? [...passed, account] : passed;
    setPassed(without);
    setSays('');
    next(without);
  };
  return (
    <Page
      title="Next account"
      actions={
        <Text size="sm">
          <span className="hide-narrow">
            <Kbd>?</Kbd> shows the keys ·{' '}
          </span>
          <TenantLink to="worklist">The list</TenantLink>
        </Text>
      }
    >
      {says ? (
        <Text size="sm" c="dimmed" role="status">
          {says}
        </Text>
      ) : null}
      {take.error ? <Trouble problem={take.error} onRetry={() => next(passed)} /> : null}
      {account ? (
        <OneAccount
          key={`${account.companyId} ${account.customerId}`}
          account={account}
          isTaken={take.data?.next?.customerId === account.customerId}
          onSkip={skip}
          onDone={(words) => {
            setSays(words);
            next(passed);
          }}
        />
      ) : isOver ? (
        <Panel>
          <Empty
            title="Nothing is left for today"
            action={
              passed.length > 0 ? (
                <Button
                  variant="default"
                  onClick={() => {
                    setPassed([]);
                    next([]);
                  }}
                >
                  Look at those that were skipped
                </Button>
              ) : null
            }
          >
            What was put off comes back on its day, and at once when a promise breaks or a dispute is closed.
          </Empty>
        </Panel>
      ) : null}
    </Page>
  );
}

type OneProps = {
  readonly account: Account;
  /** It was given out by the list, and not chosen by hand. */
  readonly isTaken: boolean;
  onSkip(): void;
  onDone(says: string): void;
};

function OneAccount({ account, isTaken, onSkip, onDone }: OneProps) {
  const take = useCommand(takeAccount);
  const mayWork = useMay('call.record');
  const { isIdle } = take;
  // Whoever opens an account by hand has it in hand as if it had come next.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page knows what the reader may
  useEffect(() => {
    if (mayWork && !isTaken && isIdle) take.mutate({ params: account });
  }, [mayWork, isTaken, isIdle]);
  const read = useRead(readWorklistAccount, { params: account });
  const pages = usePages(listCustomerItems, { params: { customerId: account.customerId } });
  const items = rowsOf(pages.data).filter(
    (item) => Number(item.open.amount) > 0 && item.companyId === account.companyId,
  );
  const first = items.find((item) => item.daysLate > 0) ?? items[0];
  const owed = items.filter((item) => item.open.currency === first?.open.currency);
  return (
    <>
      {take.error ? <Trouble problem={take.error} /> : null}
      <Shown read={read}>
        {(desk) =>
          desk.customer.id === account.customerId ? (
            <DeskOf desk={desk} items={owed} onSkip={onSkip} onDone={onDone} />
          ) : null
        }
      </Shown>
    </>
  );
}

type DeskOfProps = {
  readonly desk: Desk;
  readonly items: readonly Owed[];
  onSkip(): void;
  onDone(says: string): void;
};

function DeskOf({ desk, items, onSkip, onDone }: DeskOfProps) {
  const [asking, setAsking] = useState<Asking>();
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [told, setTold] = useState('');
  const finish = useCommand(finishAccount);
  const { companyId, customerId } = { companyId: desk.company.id, customerId: desk.customer.id };
  const mayWork = desk.may.work === true;
  // A key that is pressed twice notes once.
  const done = (): void => {
    if (finish.isPending || finish.isSuccess) return;
    finish.mutate(
      { params: { companyId, customerId }, body: {} },
      { onError: setProblem, onSuccess: () => onDone(`${desk.customer.name}: done`) },
    );
  };
  const pressed: Readonly<Record<string, () => void>> = {
    n: onSkip,
    '?': () => setAsking('keys'),
    c: () => document.querySelector<HTMLElement>('[data-dial]')?.click(),
    ...(mayWork ? { x: done, z: () => setAsking('snooze') } : {}),
    ...(desk.may.hold === true ? { h: () => setAsking('hold') } : {}),
    ...(desk.may.send === true ? { m: () => setAsking('send') } : {}),
  };
  const mayTake = (key: OutcomeKey): boolean =>
    mayWork && (key === 'p' ? desk.may.promise === true : key === 'd' ? desk.may.dispute === true : true);
  useKeys((key) => {
    const act = isOutcomeKey(key) && mayTake(key) ? () => setAsking(key) : pressed[key];
    act?.();
    return act !== undefined;
  }, asking !== undefined);
  const close = (): void => setAsking(undefined);
  return (
    <Stack gap="md">
      {problem ? <Trouble problem={problem} /> : null}
      {told ? (
        <Text size="sm" role="status">
          {told}
        </Text>
      ) : null}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack gap="md">
            <WhoAndWhat desk={desk} />
            {mayWork ? <Keys mayTake={mayTake} onOutcome={setAsking} others={pressed} /> : null}
            <Panel
              title={desk.row ? `Why: ${countText(desk.row.points)} points` : 'Not on the list any more'}
            >
              <Reasons reasons={desk.row?.reasons ?? []} />
            </Panel>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 8 }}>
          <DeskFacts desk={desk} items={items} />
        </Grid.Col>
      </Grid>
      {asking !== undefined && isOutcomeKey(asking) ? (
        <OutcomeDialog desk={desk} outcomeKey={asking} items={items} onClose={close} onDone={onDone} />
      ) : null}
      {asking === 'snooze' ? (
        <SnoozeDialog
          accounts={[{ companyId, customerId }]}
          day={desk.proposed.promise}
          onClose={close}
          onDone={() => onDone(`${desk.customer.name}: put off`)}
        />
      ) : null}
      {asking === 'hold' ? <PlaceDialog customerId={customerId} onClose={close} /> : null}
      {asking === 'send' ? (
        <SendDialog
          desk={desk}
          onClose={close}
          onSent={(recipient) => setTold(`The statement goes to ${recipient}`)}
        />
      ) : null}
      {asking === 'keys' ? <KeysDialog onClose={close} /> : null}
    </Stack>
  );
}

/** Who it is, what to do, whom to call, what to say. */
function WhoAndWhat({ desk }: { readonly desk: Desk }) {
  const numbers = desk.numbers.filter((one) => one.phone !== null);
  const calling = useCalling(desk.customer.id);
  return (
    <Panel title={desk.customer.name}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          <TenantLink to={`customers/${desk.customer.id}`}>{desk.customer.number}</TenantLink> of{' '}
          {desk.company.name}
        </Text>
        <Text fw={600}>
          {ACTION_WORDS[desk.action]}
          {desk.action === 'wait_for_day' && desk.row?.hiddenUntil
            ? `, ${dayWords(desk.row.hiddenUntil)}`
            : ''}
        </Text>
        <NextActions next={desk.next} />
        <CallBars calling={calling} />
        {numbers.map((one) => (
          <Group key={one.contactId} justify="space-between" gap="xs">
            <Text size="sm">{one.name}</Text>
            <DialLink
              template={desk.dialTemplate}
              phone={one.phone ?? ''}
              name={one.name}
              isWrong={one.isWrong}
              isBarred={isBarred(calling)}
            />
          </Group>
        ))}
        {numbers.length === 0 ? (
          <Text size="sm" c="dimmed">
            No number is known. Add one under{' '}
            <TenantLink to={`customers/${desk.customer.id}?tab=contacts`}>contacts</TenantLink>.
          </Text>
        ) : null}
        <Text size="sm" lang={desk.script.language} className="quote">
          “{desk.script.text}”
        </Text>
      </Stack>
    </Panel>
  );
}

type KeysProps = {
  mayTake(key: OutcomeKey): boolean;
  onOutcome(asking: Asking): void;
  /** What other keys do. */
  readonly others: Readonly<Record<string, () => void>>;
};

/** The keys as buttons, for who has none. */
function Keys({ mayTake, onOutcome, others }: KeysProps) {
  const keys = Object.keys(OUTCOME_KEYS).filter(isOutcomeKey).filter(mayTake);
  return (
    <Panel title="What came of it">
      <Group gap="xs">
        {keys.map((key) => (
          <Button
            key={key}
            variant={key === 'p' ? 'filled' : 'default'}
            size="sm"
            rightSection={<Kbd size="xs">{key}</Kbd>}
            onClick={() => onOutcome(key)}
          >
            {OUTCOME_WORDS[OUTCOME_KEYS[key]]}
          </Button>
        ))}
        {Object.entries(OTHER_KEYS).map(([key, words]) =>
          others[key] ? (
            <Button
              key={key}
              variant="subtle"
              size="sm"
              rightSection={<Kbd size="xs">{key}</Kbd>}
              onClick={others[key]}
            >
              {words}
            </Button>
          ) : null,
        )}
      </Group>
    </Panel>
  );
}
