/** Keeps a fault inside the part where it happened. */
import { Component, type ErrorInfo, type ReactNode } from 'react'
import { Broken } from './States'

interface Props {
  children: ReactNode
  name?: string
  fallback?: (again: () => void) => ReactNode
}
interface State {
  failed: boolean
}

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false }

  static getDerivedStateFromError(): State {
    return { failed: true }
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(`The part ${this.props.name ?? ''} failed`, error, info.componentStack)
  }

  private readonly again = (): void => this.setState({ failed: false })

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return this.props.fallback ? this.props.fallback(this.again) : <Broken again={this.again} />
  }
}
