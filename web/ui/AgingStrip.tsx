// What is open by days past due, as one bar whose parts are buttons: the width is the share, the words say the rest.

import { Box, Group, Text, UnstyledButton } from '@mantine/core';
import { drawingValue } from '../lib/format.ts';
import { Money, type MoneyValue } from './Money.tsx';
import { BUCKET_COLORS } from './theme.ts';

export type Bucket = {
  readonly key: string;
  readonly fromDays: number | null;
  readonly toDays: number | null;
};

/** `not due`, `1–30 days late`, `over 90 days late`. */
export function bucketWords(bucket: Bucket): string {
  if (bucket.fromDays === null || bucket.key === 'current') return 'Not due';
  return bucket.toDays === null
    ? `Over ${bucket.fromDays - 1} days late`
    : `${bucket.fromDays}–${bucket.toDays} days late`;
}

export function bucketColor(index: number): string {
  return BUCKET_COLORS[Math.min(index, BUCKET_COLORS.length - 1)] ?? BUCKET_COLORS[0];
}

type AgingStripProps = {
  readonly buckets: readonly Bucket[];
  readonly amounts: readonly MoneyValue[];
  onOpen?(bucketKey: string): void;
};

export function AgingStrip({ buckets, amounts, onOpen }: AgingStripProps) {
  const sizes = amounts.map((amount) => Math.max(0, drawingValue(amount.amount)));
  const whole = sizes.reduce((a, b) => a + b, 0);
  return (
    <div>
      <Box
        aria-hidden
        style={{
          display: 'flex',
          height: 14,
          borderRadius: 7,
          overflow: 'hidden',
          background: 'var(--mantine-color-default-border)',
        }}
      >
        {buckets.map((bucket, index) => (
          <div
            key={bucket.key}
            style={{
              width: whole === 0 ? 0 : `${((sizes[index] ?? 0) / whole) * 100}%`,
              background: bucketColor(index),
            }}
          />
        ))}
      </Box>
      <Box className="bucket-grid" mt="xs">
        {buckets.map((bucket, index) => {
          const amount = amounts[index];
          const content = (
            <>
              <Group gap={6} wrap="nowrap">
                <Box
                  w={9}
                  h={9}
                  style={{ borderRadius: 3, flex: 'none' }}
                  bg={bucketColor(index)}
                  aria-hidden
                />
                <Text size="xs" c="dimmed" truncate>
                  {bucketWords(bucket)}
                </Text>
              </Group>
              {amount ? (
                <Text size="sm" fw={600} component="div">
                  <Money value={amount} bare />
                </Text>
              ) : null}
            </>
          );
          return onOpen ? (
            <UnstyledButton key={bucket.key} onClick={() => onOpen(bucket.key)}>
              {content}
            </UnstyledButton>
          ) : (
            <div key={bucket.key}>{content}</div>
          );
        })}
      </Box>
    </div>
  );
}
