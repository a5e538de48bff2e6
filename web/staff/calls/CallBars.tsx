// What speaks against calling a customer now, and until when: seen before somebody dials, and where a call is noted all the same.

import { Alert, Text, TextInput } from '@mantine/core';
import { IconPhoneOff } from '@tabler/icons-react';
import { readCalling } from '#calls/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useRead } from '../../lib/data.ts';
import { countText, momentWords } from '../../lib/format.ts';

export type Calling = Reply<typeof readCalling>;
type Bar = Calling['bars'][number];

/** How often is looked whether the hour has come. */
const AGAIN_MS = 60_000;

/** Whether a customer may be called now; undefined while that is not known. */
export function useCalling(customerId: string): Calling | undefined {
  return useRead(readCalling, { params: { customerId } }, { refreshMs: AGAIN_MS }).data;
}

/** Whether nobody here dials: something speaks against it, and the reader may not pass over it. */
export function isBarred(calling: Calling | undefined): boolean {
  return calling !== undefined && calling.notBefore !== null && calling.may.override !== true;
}

export function CallBars({ calling }: { readonly calling: Calling | undefined }) {
  if (!calling?.notBefore) return null;
  return (
    <Alert
      color="orange"
      icon={<IconPhoneOff aria-hidden />}
      title={`Do not call before ${momentWords(calling.notBefore)}`}
    >
      {calling.bars.map((bar) => (
        <Text key={`${bar.pack} ${bar.reason}`} size="sm">
          {barWords(bar, calling.zones)}{' '}
          <Text span size="sm" c="dimmed">
            ({bar.pack})
          </Text>
        </Text>
      ))}
    </Alert>
  );
}

function barWords({ reason, counted, max, days }: Bar, zones: readonly string[]): string {
  const number = (count: number | null): string => countText(count ?? 0);
  switch (reason) {
    case 'too_many_calls':
      return `${number(counted)} calls in ${number(days)} days; ${number(max)} are allowed.`;
    case 'too_many_contacts':
      return `${number(counted)} calls and messages in ${number(days)} days; ${number(max)} are allowed.`;
    case 'spoken_lately':
      return `They were spoken to within ${number(days)} days.`;
    case 'quiet_day':
      return `It is a quiet day ${placeWords(zones)}.`;
    case 'quiet_hour':
      return `It is a quiet hour ${placeWords(zones)}.`;
  }
}

function placeWords(zones: readonly string[]): string {
  const [only] = zones;
  return zones.length === 1 && only
    ? `in ${only.replaceAll('_', ' ')}`
    : `in one of the ${countText(zones.length)} time zones of their country; state theirs with the customer`;
}

type DespiteFieldProps = {
  readonly calling: Calling | undefined;
  readonly value: string;
  onChange(text: string): void;
};

/** What speaks against a call that is noted, and why it was made all the same, where the reader may say so. */
export function DespiteField({ calling, value, onChange }: DespiteFieldProps) {
  if (!calling?.notBefore) return null;
  return (
    <>
      <CallBars calling={calling} />
      {calling.may.override === true ? (
        <TextInput
          label="Why it was made all the same"
          description="Stays with the call."
          required
          maxLength={500}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      ) : (
        <Text size="sm">
          A call of ours cannot be noted now. If one was made all the same, somebody who may pass over rules
          on calls notes it with the reason.
        </Text>
      )}
    </>
  );
}
