/** Keeps a card's exception inside the card. */
import { Component, type ComponentChildren } from "preact";

interface Props {
  readonly children: ComponentChildren;
  /** What stands there instead; `retry` builds the children anew. */
  fallback(error: Error, retry: () => void): ComponentChildren;
}

interface State {
  readonly error: Error | null;
}

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null };

  static override getDerivedStateFromError(reason: unknown): State {
    return { error: reason instanceof Error ? reason : new Error(String(reason)) };
  }

  override render({ children, fallback }: Props, { error }: State): ComponentChildren {
    return error ? fallback(error, () => this.setState({ error: null })) : children;
  }
}
