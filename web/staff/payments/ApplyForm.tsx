// The apply screen: the payment's money goes to open items; the rest runs along; what would happen is rehearsed by the
// server before anything is done. Keyboard: arrows move, space fills, Ctrl+Enter shows what would happen, then does it.

import { Badge, Button, Checkbox, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCheck, IconEye } from '@tabler/icons-react';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { type Money as Amount, add, subtract, zero } from '#kernel/money.ts';
import { applyPayment, unapplyPayment } from '#payments/contract.ts';
import { listCustomerItems } from '#reporting/contract.ts';
import { useGo } from '../../lib/address.ts';
import type { ApiProblem, Reply } from '../../lib/api.ts';
import { rowsOf, useCommand, usePages } from '../../lib/data.ts';
import { dayWords, lateWords } from '../../lib/format.ts';
import { Money, type MoneyValue } from '../../ui/Money.tsx';
import { Empty, Panel, Trouble } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { type ApprovalPlan, useApprovalPlan, useAsk, WillAsk } from '../approvals/WillAsk.tsx';
import { Preview } from './ApplyPreview.tsx';
import { size, smaller, toMoney, toValue, typedAmount } from './amounts.ts';
import { aboutOf, amountsOf, isCredit, lessCreditsOf, type Part, sumOf } from './credits.ts';
import type { Payment } from './PaymentPage.tsx';
import { RestChoice } from './RestChoice.tsx';
import { bodyOf, missingOf, type Rest, type Row, writtenOffOf } from './rest.ts';
import { type Suggested, Suggestions } from './Suggestions.tsx';
import { NOT_SAID, WrittenOffRest } from './WrittenOffRest.tsx';

export type Choice = {
  readonly itemId: string;
  readonly reference: string;
  readonly customer: string | undefined;
  readonly customerId?: string | undefined;
  readonly dueOn: string;
  readonly daysLate: number | undefined;
  /** Below zero for a credit that can be taken off beside the payment. */
  readonly open: MoneyValue;
  readonly kind?: string;
  readonly reasons: readonly string[];
};

export function ApplyForm({ payment }: { readonly payment: Payment }) {
  const currency = payment.amount.currency;
  const choices = useChoices(payment);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [rests, setRests] = useState<Readonly<Record<string, Rest>>>({});
  const [reason, setReason] = useState('');
  const [preview, setPreview] = useState<Reply<typeof applyPayment> | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [looking, setLooking] = useState(false);
  const [takes, setTakes] = useState(true);
  const [how, setHow] = useState(NOT_SAID);
  const go = useGo();
  const apply = useCommand(applyPayment);
  const undo = useCommand(unapplyPayment);
  const isOff = (choice: Choice): boolean => payment.direction === 'received' && isCredit(choice);
  const wrong = Object.entries(typed).find(([, text]) => typedAmount(text, currency) === undefined)?.[0];
  const about = aboutOf(choices);
  const off = choices.filter(isOff).flatMap(({ itemId }): readonly Part[] => {
    const amount = typedAmount(typed[itemId] ?? '', currency);
    return amount && amount.minor > 0n ? [{ itemId, ...about(itemId), amount }] : [];
  });
  const rows = choices.flatMap((choice): readonly Row[] => {
    if (isOff(choice)) return [];
    const amount = typedAmount(typed[choice.itemId] ?? '', currency);
    const open = size(toMoney(choice.open));
    return amount && amount.minor > 0n
      ? [{ itemId: choice.itemId, open, given: amount, rest: rests[choice.itemId] }]
      : [];
  });
  const whole = rows.map((row) => row.given).reduce(add, zero(currency));
  const given = subtract(whole, sumOf(off, currency));
  const rest = subtract(toMoney(payment.free), given);
  const isTooMuch = off.length > 0 && given.minor <= 0n;
  const body = bodyOf(rows, how);
  const less = lessCreditsOf(body.allocations, about, off);
  const credits = less.credits ? { credits: [...less.credits] } : {};
  const input = {
    params: { paymentId: payment.paymentId },
    body: { ...body, allocations: [...less.allocations], ...credits, takeDiscounts: takes },
  };
  const written = writtenOffOf(rows);
  const isUnsaid = written.length > 0 && how.reason.trim() === '';
  const { plan } = useApprovalPlan(applyPayment, input, rows.some(isDropped) && !isUnsaid);
  const asking = useAsk(applyPayment);
  const isAsking = plan?.needed ?? false;
  const ask = (): void =>
    asking.ask(input, reason, {
      onSuccess: ({ approvalId }) => {
        notifications.show({ message: 'Others are asked.' });
        go(`approvals/${approvalId}`);
      },
    });
  const set = (itemId: string, text: string): void => {
    setPreview(null);
    setProblem(null);
    setTyped((before) => ({ ...before, [itemId]: text }));
  };
  const choose = (itemId: string, rest: Rest): void => {
    setPreview(null);
    setProblem(null);
    setRests((before) => ({ ...before, [itemId]: rest }));
  };
  const fill = (choice: Choice): void => {
    const filled = (typedAmount(typed[choice.itemId] ?? '', currency)?.minor ?? 0n) > 0n;
    const open = size(toMoney(choice.open));
    const most = isOff(choice) ? open : smaller(open, rest.minor > 0n ? rest : zero(currency));
    set(choice.itemId, filled ? '' : toValue(most).amount);
  };
  const take = (suggestion: Suggested): void => {
    setPreview(null);
    setProblem(null);
    const taken = amountsOf(suggestion, toMoney(payment.free));
    const texts = [...taken.items, ...taken.credits].map(([id, amount]) => [id, toValue(amount).amount]);
    setTyped(Object.fromEntries(texts));
  };
  const look = async (): Promise<void> => {
    setLooking(true);
    setProblem(null);
    await apply.rehearse(input).then(setPreview, setProblem);
    setLooking(false);
  };
  const commit = (): void =>
    apply.mutate(input, {
      onSuccess: (done) => {
        setTyped({});
        setRests({});
        setHow(NOT_SAID);
        setPreview(null);
        notifications.show({
          autoClose: 10_000,
          title: `Applied to ${done.items.length} ${done.items.length === 1 ? 'item' : 'items'}`,
          message: (
            <Group justify="space-between">
              <span>
                Unapplied now: {done.unapplied.amount} {done.unapplied.currency}
              </span>
              <Button
                size="compact-xs"
                variant="subtle"
                onClick={() =>
                  undo.mutate({
                    params: input.params,
                    body: { applicationIds: done.applications.map((a) => a.applicationId) },
                  })
                }
              >
                Undo
              </Button>
            </Group>
          ),
        });
      },
      onError: setProblem,
    });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (
      event.key !== 'Enter' ||
      !(event.ctrlKey || event.metaKey) ||
      rows.length === 0 ||
      isUnsaid ||
      isTooMuch
    )
      return;
    event.preventDefault();
    if (isAsking) ask();
    else if (preview) commit();
    else void look();
  };
  return (
    <Panel title="Apply">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the form inside */}
      <div onKeyDown={onKeyDown}>
        <Stack>
          {payment.match ? <Suggestions match={payment.match} onTake={take} /> : null}
          {choices.length === 0 ? (
            <Empty title="No open item to apply it to">The money stays on account until there is one.</Empty>
          ) : (
            <Scroll minWidth={0} maxHeight={460} label="Open items to apply to">
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th w={40} aria-label="Fill" />
                    <Table.Th>Item</Table.Th>
                    <Table.Th className="hide-narrow">Due</Table.Th>
                    <Table.Th className="numeric hide-narrow">Open</Table.Th>
                    <Table.Th className="numeric apply-column">Apply</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {choices.map((choice) => (
                    <ChoiceRow
                      key={choice.itemId}
                      choice={choice}
                      text={typed[choice.itemId] ?? ''}
                      wrong={wrong === choice.itemId}
                      missing={missingIn(rows, choice.itemId)}
                      rest={rests[choice.itemId]}
                      onText={(text) => set(choice.itemId, text)}
                      onFill={() => fill(choice)}
                      isOff={isOff(choice)}
                      onRest={
                        payment.direction === 'received' ? (rest) => choose(choice.itemId, rest) : undefined
                      }
                    />
                  ))}
                </Table.Tbody>
              </Table>
            </Scroll>
          )}
          {payment.direction === 'received' && choices.length > 0 ? (
            <Checkbox
              label="Grant the discounts that the payment earns by its value date"
              checked={takes}
              onChange={(event) => {
                setPreview(null);
                setTakes(event.currentTarget.checked);
              }}
            />
          ) : null}
          <WrittenOffRest
            amounts={written.map((one) => one.amount)}
            how={how}
            onChange={(changed) => {
              setPreview(null);
              setHow(changed);
            }}
          />
          {(problem ?? asking.problem) ? (
            <Trouble problem={problem ?? (asking.problem as ApiProblem)} />
          ) : null}
          {isAsking ? <AskFor plan={plan} reason={reason} onReason={setReason} /> : null}
          {preview ? <Preview preview={preview} /> : null}
          <Group justify="space-between">
            <Text size="sm" role="status">
              Applying <Money value={toValue(given)} /> · left after that{' '}
              <span className={rest.minor < 0n ? 'late' : ''}>
                <Money value={toValue(rest)} />
              </span>
              {isTooMuch ? (
                <Text span size="sm" className="late" ml={8}>
                  The credits are not less than what they are taken off
                </Text>
              ) : null}
            </Text>
            {isAsking ? (
              <Button loading={asking.busy} disabled={reason.trim() === ''} onClick={ask}>
                Ask for it
              </Button>
            ) : preview ? (
              <Button leftSection={<IconCheck size={16} />} loading={apply.isPending} onClick={commit}>
                Apply it
              </Button>
            ) : (
              <Button
                leftSection={<IconEye size={16} />}
                loading={looking}
                disabled={
                  rows.length === 0 || wrong !== undefined || rest.minor < 0n || isUnsaid || isTooMuch
                }
                onClick={() => void look()}
              >
                Show what would happen
              </Button>
            )}
          </Group>
        </Stack>
      </div>
    </Panel>
  );
}

/** The open items to choose from: the likeliest first, then all others of the customer. */
export function useChoices(payment: Payment): readonly Choice[] {
  const customerId = payment.customer?.id ?? payment.match?.payer?.id;
  const pages = usePages(
    listCustomerItems,
    { params: { customerId: customerId ?? '' } },
    { enabled: customerId !== undefined },
  );
  const items = rowsOf(pages.data);
  return useMemo(() => {
    const wantsDebit = payment.direction === 'received';
    const choices = new Map<string, Choice>();
    for (const c of payment.match?.candidates ?? []) {
      choices.set(c.itemId, {
        itemId: c.itemId,
        reference: c.reference,
        customer: c.customer?.name,
        customerId: c.customer?.id,
        dueOn: c.dueOn,
        daysLate: undefined,
        open: c.open,
        reasons: c.reasons,
      });
    }
    for (const { allocations, nettings, credits } of payment.match?.suggestions ?? [])
      for (const one of [...allocations, ...nettings, ...credits])
        if (!choices.has(one.itemId))
          choices.set(one.itemId, {
            itemId: one.itemId,
            reference: one.reference,
            customer: one.customer?.name,
            customerId: one.customer?.id,
            dueOn: one.dueOn,
            daysLate: undefined,
            open: one.open,
            reasons: [],
          });
    for (const item of customerId === undefined ? [] : items) {
      // A refund is backed by credits alone; beside a receipt they can be taken off.
      if (
        (!wantsDebit && !isCredit(item)) ||
        item.companyId !== payment.companyId ||
        item.open.currency !== payment.amount.currency ||
        item.documentId === payment.paymentId
      )
        continue;
      const known = choices.get(item.id);
      choices.set(item.id, {
        itemId: item.id,
        reference: item.reference,
        customer: item.customer?.name,
        customerId: item.customer?.id,
        dueOn: item.dueOn,
        daysLate: item.daysLate,
        open: item.openNow,
        kind: item.kind,
        reasons: known?.reasons ?? [],
      });
    }
    const all = [...choices.values()];
    return wantsDebit ? [...all.filter((one) => !isCredit(one)), ...all.filter(isCredit)] : all;
  }, [items, payment, customerId]);
}

/** What kind of credit it is, in words. */
export function creditWords({ kind }: Choice): string {
  return kind === 'payment' || kind === 'transfer' || kind === 'handover' ? 'money on account' : 'credit';
}

/** What rows that are dropped come to may need others. */
function isDropped({ rest }: Row): boolean {
  return rest?.kind === 'small' || rest?.kind === 'charge' || rest?.kind === 'written_off';
}

/** What the money leaves open of an item it goes to. */
function missingIn(rows: readonly Row[], itemId: string): Amount | undefined {
  const row = rows.find((one) => one.itemId === itemId);
  const missing = row && missingOf(row);
  return missing && missing.minor > 0n ? missing : undefined;
}

function AskFor({
  plan,
  reason,
  onReason,
}: {
  readonly plan: ApprovalPlan | undefined;
  readonly reason: string;
  onReason(reason: string): void;
}) {
  return (
    <Stack gap="xs">
      <WillAsk plan={plan} />
      <TextInput
        label="Why"
        description="More is let go than you may by yourself."
        required
        value={reason}
        onChange={(event) => onReason(event.currentTarget.value)}
      />
    </Stack>
  );
}

function ChoiceRow({
  choice,
  text,
  wrong,
  missing,
  rest,
  isOff,
  onText,
  onFill,
  onRest,
}: {
  readonly choice: Choice;
  /** A credit, taken off beside the payment. */
  readonly isOff: boolean;
  readonly text: string;
  readonly wrong: boolean;
  /** What the money leaves open of it; nothing where it pays all, or none goes there. */
  readonly missing: Amount | undefined;
  readonly rest: Rest | undefined;
  onText(text: string): void;
  onFill(): void;
  readonly onRest: ((rest: Rest) => void) | undefined;
}) {
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const step =
      event.key === 'ArrowDown'
        ? 'nextElementSibling'
        : event.key === 'ArrowUp'
          ? 'previousElementSibling'
          : undefined;
    if (event.key === ' ') {
      event.preventDefault();
      onFill();
    } else if (step) {
      event.preventDefault();
      const row = event.currentTarget.closest('tr')?.[step];
      row?.querySelector<HTMLInputElement>('input[type="text"]')?.focus();
    }
  };
  return (
    <Table.Tr>
      <Table.Td>
        <Checkbox
          aria-label={isOff ? `Take ${choice.reference} off` : `Apply to ${choice.reference}`}
          checked={text !== ''}
          onChange={onFill}
        />
      </Table.Td>
      <Table.Td>
        <Group gap={6}>
          <Text size="sm" fw={550}>
            {choice.reference}
          </Text>
          {isOff ? <Badge size="sm">{creditWords(choice)}</Badge> : null}
          {choice.reasons.map((reason) => (
            <Badge key={reason} size="sm" color="teal">
              {reason.replaceAll('_', ' ')}
            </Badge>
          ))}
        </Group>
        {choice.customer ? (
          <Text size="xs" c="dimmed">
            {choice.customer}
          </Text>
        ) : null}
        <Text size="xs" className="only-narrow" component="div">
          <Money value={choice.open} bare /> open, {isOff ? 'of' : 'due'} {dayWords(choice.dueOn)}
        </Text>
      </Table.Td>
      <Table.Td className="hide-narrow">
        {dayWords(choice.dueOn)}
        {!isOff && choice.daysLate !== undefined && choice.daysLate > 0 ? (
          <Text size="xs" className="late">
            {lateWords(choice.daysLate)}
          </Text>
        ) : null}
      </Table.Td>
      <Table.Td className="numeric hide-narrow">
        <Money value={choice.open} bare />
      </Table.Td>
      <Table.Td className="numeric">
        <TextInput
          type="text"
          aria-label={isOff ? `How much of ${choice.reference}` : `Amount for ${choice.reference}`}
          inputMode="decimal"
          size="xs"
          value={text}
          error={wrong ? 'not an amount' : undefined}
          styles={{ input: { textAlign: 'end' } }}
          onChange={(event) => onText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        {missing && onRest ? (
          <RestChoice reference={choice.reference} missing={missing} rest={rest} onChange={onRest} />
        ) : null}
      </Table.Td>
    </Table.Tr>
  );
}
