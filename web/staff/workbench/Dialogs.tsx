// What the workbench asks for: another customer, a colleague, what is missing of an item and why; and its keys.

import { Button, Group, Kbd, Modal, Select, Stack, Table, Text, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { listDisputeReasons } from '#disputes/contract.ts';
import { listColleagues } from '#workbench/contract.ts';
import { useRead } from '../../lib/data.ts';
import { CustomerPicker } from '../../ui/CustomerPicker.tsx';
import type { WrittenOff } from '../payments/rest.ts';
import { type Short, type ShortAnswer, ShortChoice, WriteOffForm } from './ShortDialogs.tsx';
import { useLetters } from './use-letters.ts';
import { KEYS } from './workbench-words.ts';

export type Asking = 'move' | 'look' | 'short' | 'deduct' | 'write_off' | 'ask' | 'keys';

type DialogsProps = {
  readonly asking: Asking | undefined;
  onClose(): void;
  onMove(customerId: string): void;
  onLook(customerId: string): void;
  onDeduct(reason: string): void;
  /** The item that is short, where one is asked about. */
  readonly short: Short | undefined;
  readonly writtenOff: WrittenOff | undefined;
  onShort(answer: ShortAnswer): void;
  onWriteOff(how: WrittenOff): void;
  onAsk(userId: string, note: string): void;
};

const TITLES: Readonly<Record<Asking, string>> = {
  move: 'Whose money is it?',
  look: 'Show the items of',
  short: 'What is it that is missing?',
  deduct: 'Why is it short?',
  write_off: 'Write off what is missing',
  ask: 'Ask a colleague',
  keys: 'Keys of the workbench',
};

export function Dialogs(props: DialogsProps) {
  const { asking, onClose } = props;
  return (
    <Modal
      opened={asking !== undefined}
      onClose={onClose}
      title={asking === undefined ? '' : TITLES[asking]}
      transitionProps={{ duration: 0 }}
    >
      {asking === 'move' ? <PickCustomer does="It is theirs" onPick={props.onMove} /> : null}
      {asking === 'look' ? <PickCustomer does="Show them" onPick={props.onLook} /> : null}
      {asking === 'short' ? <ShortChoice short={props.short} onAnswer={props.onShort} /> : null}
      {asking === 'write_off' ? (
        <WriteOffForm short={props.short} before={props.writtenOff} onWriteOff={props.onWriteOff} />
      ) : null}
      {asking === 'deduct' ? <Reasons onPick={props.onDeduct} /> : null}
      {asking === 'ask' ? <AskForm onAsk={props.onAsk} /> : null}
      {asking === 'keys' ? <KeyTable /> : null}
    </Modal>
  );
}

function PickCustomer({ does, onPick }: { readonly does: string; onPick(customerId: string): void }) {
  const [customerId, setCustomerId] = useState<string>();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (customerId !== undefined) onPick(customerId);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <CustomerPicker
          label="Customer"
          isFirst
          value={customerId}
          onChange={(one) => setCustomerId(one?.id)}
        />
        <Group justify="flex-end">
          <Button type="submit" disabled={customerId === undefined}>
            {does}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Reasons by letter, in their order. */
function Reasons({ onPick }: { onPick(reason: string): void }) {
  const { data } = useRead(listDisputeReasons);
  const reasons = (data?.reasons ?? []).filter((one) => one.inUse);
  const letterOf = (index: number): string => String.fromCharCode(97 + index);
  useLetters((key) => {
    const reason = reasons.find((_, index) => letterOf(index) === key);
    if (reason) onPick(reason.code);
    return reason !== undefined;
  });
  return (
    <Stack gap={4}>
      {reasons.map((reason, index) => (
        <Button
          key={reason.code}
          variant="default"
          justify="flex-start"
          leftSection={<Kbd>{letterOf(index)}</Kbd>}
          data-autofocus={index === 0 || undefined}
          onClick={() => onPick(reason.code)}
        >
          {reason.name}
        </Button>
      ))}
    </Stack>
  );
}

function AskForm({ onAsk }: { onAsk(userId: string, note: string): void }) {
  const { data } = useRead(listColleagues);
  const [userId, setUserId] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (userId !== null) onAsk(userId, note);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Select
          label="Colleague"
          data-autofocus
          searchable
          data={(data?.rows ?? []).map((one) => ({ value: one.userId, label: one.name }))}
          value={userId}
          onChange={setUserId}
        />
        <Textarea
          label="What should they know?"
          maxLength={1000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button type="submit" disabled={userId === null}>
            Ask
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function KeyTable() {
  return (
    <Table>
      <Table.Tbody>
        {KEYS.map(([keys, does]) => (
          <Table.Tr key={keys}>
            <Table.Td style={{ whiteSpace: 'nowrap' }}>
              <Kbd>{keys}</Kbd>
            </Table.Td>
            <Table.Td>
              <Text size="sm">{does}</Text>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
