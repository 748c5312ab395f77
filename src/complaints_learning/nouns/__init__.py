"""What passes between the steps: values that every stage may know, and that open nothing."""
