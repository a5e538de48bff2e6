// What forms in dialogs share: the buttons at their end, and asking once more before something that cannot be undone.

import { Button, type ButtonProps, Group, Modal, Stack, Text } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { ApiProblem } from '../lib/api.ts';
import { Trouble } from './Page.tsx';

type FormDialogProps = {
  readonly title: string;
  readonly opened: boolean;
  onClose(): void;
  onSubmit(): void;
  readonly submitLabel: string;
  readonly busy: boolean;
  /** What is wrong and stands beside no field. */
  readonly problem: ApiProblem | null;
  readonly size?: string;
  readonly danger?: boolean;
  /** Has no field: Enter carries it out at once. */
  readonly isPlain?: boolean;
  readonly children: ReactNode;
};

/** Fields one types into; a choice or a day would open over the others. */
const TYPED = '.mantine-TextInput-input, .mantine-Textarea-input, .mantine-NumberInput-input';

/** Where no field is named, one begins in the first, if it is one to type into; before, it was the cross that closes. */
function beginInFirst(form: HTMLFormElement | null): void {
  if (!form || form.querySelector('[data-autofocus]')) return;
  const first = form.querySelector('input:not([type=hidden]), textarea, select');
  if (first?.matches(TYPED) && !first.matches(':disabled, :read-only'))
    first.setAttribute('data-autofocus', 'true');
}

/** A form in a dialog: Enter sends it, Escape leaves it. */
export function FormDialog(props: FormDialogProps) {
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // A form in a portal is still inside the form around it for React, which would be sent too.
    event.stopPropagation();
    props.onSubmit();
  };
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title} size={props.size ?? 'md'}>
      <form onSubmit={submit} noValidate={false} ref={beginInFirst}>
        <Stack>
          {props.problem ? <Trouble problem={props.problem} /> : null}
          {props.children}
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              Cancel
            </Button>
            <Button
              type="submit"
              loading={props.busy}
              {...(props.danger ? { color: 'red' } : {})}
              {...(props.isPlain ? { 'data-autofocus': true } : {})}
            >
              {props.submitLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

type ConfirmButtonProps = Pick<ButtonProps, 'size' | 'variant' | 'leftSection' | 'disabled'> & {
  readonly label: string;
  /** The label for those who do not see what stands beside the button. */
  readonly spoken?: string;
  readonly title: string;
  readonly says: ReactNode;
  readonly confirmLabel: string;
  /** Can be taken back: it is asked only because it is much at once. */
  readonly isHarmless?: boolean;
  /** Carries it out; resolves when it is done. */
  act(): Promise<unknown>;
};

/** A button for what is hard to undo: says what will happen, and does it when that is confirmed. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const { label, spoken, title, says, confirmLabel, isHarmless = false, act, ...look } = props;
  const [opened, setOpened] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const open = (): void => {
    setProblem(null);
    setOpened(true);
  };
  const confirm = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    await act().then(
      () => setOpened(false),
      (error: ApiProblem) => setProblem(error),
    );
    setBusy(false);
  };
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        {...look}
        {...(spoken ? { 'aria-label': spoken } : {})}
        onClick={open}
      >
        {label}
      </Button>
      <FormDialog
        title={title}
        opened={opened}
        onClose={() => setOpened(false)}
        onSubmit={() => void confirm()}
        submitLabel={confirmLabel}
        busy={busy}
        problem={problem}
        danger={!isHarmless}
      >
        <Text size="sm" component="div">
          {says}
        </Text>
      </FormDialog>
    </>
  );
}

type SaveRowProps = {
  readonly saved: boolean;
  readonly saving: boolean;
};

/** The end of a form that stands on a page: saves it, and says so once it is saved. */
export function SaveRow({ saved, saving }: SaveRowProps) {
  return (
    <Group justify="flex-end">
      {saved ? (
        <Text size="sm" role="status">
          Saved
        </Text>
      ) : null}
      <Button type="submit" loading={saving}>
        Save
      </Button>
    </Group>
  );
}
