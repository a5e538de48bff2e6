// One write-off: its items, what came for them, what of the tax came back; taking it back, and taking the tax back later.

import { Badge, Button, Drawer, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { getWriteOff, takeTaxRelief, undoWriteOff } from '#writeoffs/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead, useRehearsal } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { Facts } from '../../ui/Facts.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { MayButton } from '../../ui/MayButton.tsx';
import { Money } from '../../ui/Money.tsx';
import { Shown } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { documentPath } from '../ledger/document-path.ts';
import { NO_FACTS, ReliefFacts, ReliefTold } from './ReliefFacts.tsx';
import { GROUND_WORDS, kindWords } from './relief-words.ts';

type WriteOff = Reply<typeof getWriteOff>;
type Deed = 'undo' | 'relieve';

export function WriteOffDrawer({ writeOffId, onClose }: { readonly writeOffId: string; onClose(): void }) {
  const read = useRead(getWriteOff, { params: { writeOffId } });
  return (
    <Drawer opened onClose={onClose} position="right" size="md" title="Write-off">
      <Shown read={read}>{(writeOff) => <Told writeOff={writeOff} />}</Shown>
    </Drawer>
  );
}

function Told({ writeOff }: { readonly writeOff: WriteOff }) {
  const [deed, setDeed] = useState<Deed | null>(null);
  const { may } = writeOff;
  return (
    <Stack>
      <Group justify="space-between">
        <Text fz={24} fw={650} component="div">
          <Money value={writeOff.amount} />
        </Text>
        <Badge color={writeOff.undoneOn ? 'gray' : 'orange'}>
          {writeOff.undoneOn ? 'taken back' : kindWords(writeOff.kind)}
        </Badge>
      </Group>
      <Facts
        facts={[
          ['Number', writeOff.number],
          [
            'Customer',
            <TenantLink key="c" to={`customers/${writeOff.customer.id}`}>
              {writeOff.customer.name}
            </TenantLink>,
          ],
          ['Why', writeOff.reason],
          ['Written off', dayWords(writeOff.writtenOffOn)],
          [
            'Taken back',
            writeOff.undoneOn ? `${dayWords(writeOff.undoneOn)}: ${writeOff.undoneReason}` : null,
          ],
          ['Recovered', <Money key="r" value={writeOff.recovered} />],
          ['Tax taken back', <Money key="t" value={writeOff.reliefLeft} />],
        ]}
      />
      <Part title="Items">
        {writeOff.items.map((item) => (
          <Line key={item.itemId} value={item.amount}>
            <TenantLink to={documentPath(item) ?? ''}>{item.reference}</TenantLink>
          </Line>
        ))}
      </Part>
      {writeOff.recoveries.length > 0 ? (
        <Part title="What came for it">
          {writeOff.recoveries.map((one) => (
            <Line key={one.recoveryId} value={one.amount}>
              <TenantLink to={`payments/${one.paymentId}`}>{one.payment}</TenantLink>{' '}
              {dayWords(one.recoveredOn)}
              {/^[0.]*$/.test(one.undone.amount) ? null : (
                <>
                  , taken back: <Money value={one.undone} />
                </>
              )}
            </Line>
          ))}
        </Part>
      ) : null}
      {writeOff.relief.length > 0 ? (
        <Part title="Tax">
          {writeOff.relief.map((one, index) => (
            // Facts are only added, never moved.
            // biome-ignore lint/suspicious/noArrayIndexKey: the order is that of their recording
            <Line key={index} value={one.tax}>
              {WHY_WORDS[one.why]} {dayWords(one.postedOn)}
              {one.rule ? ` (${GROUND_WORDS[one.rule.ground] ?? one.rule.ground}, ${one.rule.source})` : ''}
            </Line>
          ))}
        </Part>
      ) : null}
      <Group>
        <MayButton may={may.undo} operation={undoWriteOff} variant="default" onClick={() => setDeed('undo')}>
          Take it back
        </MayButton>
        {may.relieve === true ? (
          <Button variant="default" onClick={() => setDeed('relieve')}>
            Take the tax back
          </Button>
        ) : null}
      </Group>
      {deed === 'undo' ? <UndoDialog writeOff={writeOff} onClose={() => setDeed(null)} /> : null}
      {deed === 'relieve' ? <RelieveDialog writeOff={writeOff} onClose={() => setDeed(null)} /> : null}
    </Stack>
  );
}

const WHY_WORDS = {
  claimed: 'Taken back',
  undone: 'Gone with the write-off',
  recovered: 'Owed again for what came',
  recovery_undone: 'Taken back again',
} as const;

function Part({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <Text fw={600} size="sm" mb={4}>
        {title}
      </Text>
      <Stack gap={4}>{children}</Stack>
    </div>
  );
}

function Line({
  value,
  children,
}: {
  readonly value: WriteOff['amount'];
  readonly children: React.ReactNode;
}) {
  return (
    <Group justify="space-between" wrap="nowrap" align="flex-start">
      <Text size="sm">{children}</Text>
      <Text size="sm" component="div" style={{ whiteSpace: 'nowrap' }}>
        <Money value={value} />
      </Text>
    </Group>
  );
}

type DialogProps = { readonly writeOff: WriteOff; onClose(): void };

function UndoDialog({ writeOff, onClose }: DialogProps) {
  const [reason, setReason] = useState('');
  const undo = useCommand(undoWriteOff);
  const { at, rest } = placeTrouble(undo.error, ['reason'], {});
  return (
    <FormDialog
      title={`Take ${writeOff.number} back`}
      opened
      onClose={onClose}
      onSubmit={() =>
        undo.mutate({ params: { writeOffId: writeOff.writeOffId }, body: { reason } }, { onSuccess: onClose })
      }
      submitLabel="Take it back"
      busy={undo.isPending}
      problem={rest}
      danger
    >
      <Text size="sm">
        Its items are owed again with their first due dates. Tax that was taken back is owed again, and a
        dispute that it had ended is open again.
      </Text>
      <TextInput
        label="Why"
        required
        data-autofocus
        maxLength={500}
        value={reason}
        onChange={(e) => setReason(e.currentTarget.value)}
        error={at('reason')}
      />
    </FormDialog>
  );
}

function RelieveDialog({ writeOff, onClose }: DialogProps) {
  const [facts, setFacts] = useState(NO_FACTS);
  const input = { params: { writeOffId: writeOff.writeOffId }, body: facts };
  const take = useCommand(takeTaxRelief);
  const rehearsed = useRehearsal(takeTaxRelief, input, true);
  return (
    <FormDialog
      title={`Take the tax in ${writeOff.number} back`}
      opened
      onClose={onClose}
      onSubmit={() => take.mutate(input, { onSuccess: onClose })}
      submitLabel="Take it back"
      busy={take.isPending}
      problem={take.error ?? rehearsed.error}
    >
      <ReliefFacts facts={facts} onChange={setFacts} />
      <ReliefTold relief={rehearsed.error ? [] : (rehearsed.data?.relief ?? [])} />
    </FormDialog>
  );
}
