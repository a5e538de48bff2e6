// One refund: what it is, where it stands, and what may be done with it.

import { Button, Drawer, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { PAYMENT_METHODS } from '#payments/contract.ts';
import {
  downloadRefundFile,
  exportRefunds,
  recordRefundPaid,
  recordRefundReturned,
  shortenRefund,
  withdrawRefund,
} from '#refunds/contract.ts';
import { useCommand } from '../../lib/data.ts';
import { saveFile } from '../../lib/file.ts';
import { dayWords } from '../../lib/format.ts';
import { useTenant } from '../../lib/tenant.ts';
import { heading } from '../../lib/words.ts';
import { DayField } from '../../ui/DayField.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { MayButton } from '../../ui/MayButton.tsx';
import { Money } from '../../ui/Money.tsx';
import { StateBadge } from '../../ui/StateBadge.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { LineChoice } from './LineChoice.tsx';
import type { Refund } from './RefundsPage.tsx';
import { Waiting } from './Waiting.tsx';

type Deed = 'shorten' | 'withdraw' | 'paid' | 'returned';

export function RefundDrawer({ refund, onClose }: { readonly refund: Refund; onClose(): void }) {
  const tenant = useTenant();
  const [deed, setDeed] = useState<Deed | null>(null);
  const { fileId, may } = refund;
  return (
    <Drawer opened onClose={onClose} position="right" size="md" title="Refund">
      <Stack>
        <Group justify="space-between">
          <Text fz={24} fw={650} component="div">
            <Money value={refund.amount} />
          </Text>
          {refund.state === 'waiting' ? <Waiting refund={refund} /> : <StateBadge state={refund.state} />}
        </Group>
        <Facts
          facts={[
            [
              'Customer',
              refund.customer ? (
                <TenantLink key="c" to={`customers/${refund.customer.id}`}>
                  {refund.customer.name}
                </TenantLink>
              ) : null,
            ],
            ['To the account', refund.account],
            ['Account known since', dayWords(refund.accountSince)],
            ['Why', refund.reason],
            ['Granted', dayWords(refund.grantedOn)],
            ['Payable from', dayWords(refund.payableFrom)],
            ['Not waited for', refund.shortenedBecause],
            ['Withdrawn', refund.withdrawnBecause],
            [
              'Booked as',
              refund.payment ? (
                <TenantLink key="p" to={`payments/${refund.payment.paymentId}`}>
                  {refund.payment.number}
                </TenantLink>
              ) : null,
            ],
            [
              'Came back',
              refund.returned ? `${dayWords(refund.returned.on)}: ${refund.returned.reason}` : null,
            ],
          ]}
        />
        <Group gap="xs">
          {fileId === null ? null : (
            <Button
              variant="default"
              leftSection={<IconDownload size={16} aria-hidden />}
              onClick={() => void saveFile(downloadRefundFile, { params: { fileId } }, tenant)}
            >
              File for the bank
            </Button>
          )}
          {refund.state === 'waiting' ? (
            <MayButton
              may={may.shorten === true && refund.grantedByMe ? 'second_person_needed' : may.shorten}
              operation={shortenRefund}
              variant="default"
              onClick={() => setDeed('shorten')}
            >
              The account is right
            </MayButton>
          ) : null}
          {refund.state === 'waiting' || refund.state === 'payable' ? (
            <>
              <MayButton
                may={may.order === 'refund_waiting' ? true : may.order}
                operation={exportRefunds}
                variant="default"
                onClick={() => setDeed('paid')}
              >
                It was paid otherwise
              </MayButton>
              <MayButton
                may={may.withdraw}
                operation={withdrawRefund}
                variant="default"
                onClick={() => setDeed('withdraw')}
              >
                Withdraw
              </MayButton>
            </>
          ) : null}
          {refund.state === 'ordered' || refund.state === 'paid' ? (
            <MayButton
              may={may.return}
              operation={recordRefundReturned}
              variant="default"
              onClick={() => setDeed('returned')}
            >
              It came back
            </MayButton>
          ) : null}
        </Group>
      </Stack>
      {deed === 'shorten' || deed === 'withdraw' ? (
        <ReasonDialog refund={refund} deed={deed} onClose={() => setDeed(null)} />
      ) : null}
      {deed === 'paid' ? <PaidDialog refund={refund} onClose={() => setDeed(null)} /> : null}
      {deed === 'returned' ? <ReturnedDialog refund={refund} onClose={() => setDeed(null)} /> : null}
    </Drawer>
  );
}

type DialogProps = { readonly refund: Refund; onClose(): void };

function ReasonDialog({ refund, deed, onClose }: DialogProps & { readonly deed: 'shorten' | 'withdraw' }) {
  const shorten = useCommand(shortenRefund);
  const withdraw = useCommand(withdrawRefund);
  const command = deed === 'shorten' ? shorten : withdraw;
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      title={deed === 'shorten' ? 'Pay without waiting' : 'Withdraw the refund'}
      opened
      onClose={onClose}
      onSubmit={() =>
        command.mutate({ params: { refundId: refund.refundId }, body: { reason } }, { onSuccess: onClose })
      }
      submitLabel={deed === 'shorten' ? 'The account is right' : 'Withdraw'}
      busy={command.isPending}
      problem={command.error}
      danger={deed === 'withdraw'}
    >
      <TextInput
        label={deed === 'shorten' ? 'How you made sure of the account' : 'Why'}
        description={
          deed === 'shorten'
            ? 'Call a number you knew before, not one from the message about the account.'
            : undefined
        }
        required
        data-autofocus
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

const METHODS = PAYMENT_METHODS.map((method) => ({ value: method, label: heading(method) }));

function PaidDialog({ refund, onClose }: DialogProps) {
  const paid = useCommand(recordRefundPaid);
  const [method, setMethod] = useState<(typeof PAYMENT_METHODS)[number]>('transfer');
  const [paidOn, setPaidOn] = useState('');
  const [line, setLine] = useState<string | null>(null);
  return (
    <FormDialog
      title="It was paid otherwise"
      opened
      onClose={onClose}
      onSubmit={() =>
        paid.mutate(
          {
            params: { refundId: refund.refundId },
            body: {
              method,
              ...(line ? { statementLineId: line } : paidOn ? { paidOn } : {}),
            },
          },
          { onSuccess: onClose },
        )
      }
      submitLabel="Record it as paid"
      busy={paid.isPending}
      problem={paid.error}
      size="lg"
    >
      <LineChoice refund={refund} side="out" value={line} onChange={setLine} />
      <Group grow align="flex-start">
        <Select
          label="How"
          data={METHODS}
          allowDeselect={false}
          value={method}
          onChange={(value) => setMethod(PAYMENT_METHODS.find((one) => one === value) ?? method)}
        />
        {line ? null : (
          <DayField label="On" description="Left empty, today" value={paidOn} onChange={setPaidOn} />
        )}
      </Group>
    </FormDialog>
  );
}

function ReturnedDialog({ refund, onClose }: DialogProps) {
  const returned = useCommand(recordRefundReturned);
  const [reason, setReason] = useState('');
  const [on, setOn] = useState('');
  const [line, setLine] = useState<string | null | undefined>();
  const [kept, setKept] = useState<{ readonly amount: string; readonly currency: string } | undefined>();
  const choose = (lineId: string | null, fee: typeof kept) => {
    setLine(lineId);
    setKept(fee);
  };
  return (
    <FormDialog
      title="The refund came back"
      opened
      onClose={onClose}
      onSubmit={() =>
        returned.mutate(
          {
            params: { refundId: refund.refundId },
            body: {
              reason,
              ...(line
                ? { statementLineId: line, ...(kept ? { fee: kept } : {}) }
                : { ...(on ? { on } : {}), ...(line === null ? { isOnNoLine: true } : {}) }),
            },
          },
          { onSuccess: onClose },
        )
      }
      submitLabel="Record it"
      busy={returned.isPending}
      problem={returned.error}
      size="lg"
    >
      <Text size="sm">The credit it was taken from is open again as it was.</Text>
      <LineChoice refund={refund} side="in" value={line} onChange={choose} />
      <TextInput
        label="Why, as the bank said"
        required
        data-autofocus
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {line ? null : <DayField label="On" description="Left empty, today" value={on} onChange={setOn} />}
    </FormDialog>
  );
}
