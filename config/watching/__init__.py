"""What whoever runs an installation can watch: logs, health, measures. Nothing here tells what anybody codes."""
