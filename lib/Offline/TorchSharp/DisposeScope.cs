namespace TorchSharp;

/// <summary>Owns what is made on its thread while it is the innermost scope, and frees it with itself.</summary>
public sealed class DisposeScope : IDisposable
{
    private readonly HashSet<IDisposable> disposables = new(ReferenceEqualityComparer.Instance);
    private readonly Lock gate = new();
    private readonly DisposeScopeManager manager;
    private bool disposed;

    internal DisposeScope(DisposeScopeManager manager, DisposeScope? outer)
    {
        this.manager = manager;
        OuterScope = outer;
    }

    public int DisposablesCount
    {
        get
        {
            lock (gate)
            {
                return disposables.Count;
            }
        }
    }

    public IReadOnlyList<IDisposable> DisposablesView
    {
        get
        {
            lock (gate)
            {
                return [.. disposables];
            }
        }
    }

    internal DisposeScope? OuterScope { get; set; }

    internal bool IsDisposed => disposed;

    public void Attach(IDisposable disposable)
    {
        ThrowIfDisposed();
        if (disposable is torch.Tensor tensor)
        {
            if (ReferenceEquals(tensor.OwningScope, this) || tensor.IsInvalid)
            {
                return;
            }

            tensor.OwningScope?.Forget(tensor);
            if (tensor.OwningScope is null)
            {
                manager.TensorCounts.AttachedToScope();
            }
        }

        Adopt(disposable);
    }

    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        IDisposable[] all = [.. disposables];
        Array.ForEach(all, Attach);
        return all;
    }

    public T Detach<T>(T disposable)
        where T : IDisposable
    {
        MoveToOther(null, [disposable]);
        return disposable;
    }

    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable
    {
        MoveToOther(null, [first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable
    {
        MoveToOther(null, [first, second, third]);
        return (first, second, third);
    }

    public void Detach(params IDisposable[] disposables) => MoveToOther(null, (IEnumerable<IDisposable>)disposables);

    public void Detach(IEnumerable<IDisposable> disposables) => MoveToOther(null, disposables);

    public T MoveToOuter<T>(T disposable)
        where T : IDisposable
    {
        MoveToOther(OuterScope, [disposable]);
        return disposable;
    }

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable
    {
        MoveToOther(OuterScope, [first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable
    {
        MoveToOther(OuterScope, [first, second, third]);
        return (first, second, third);
    }

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOther(OuterScope, (IEnumerable<IDisposable>)disposables);

    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(OuterScope, disposables);

    public T MoveToOther<T>(DisposeScope? scope, T disposable)
        where T : IDisposable
    {
        MoveToOther(scope, [disposable]);
        return disposable;
    }

    public (T1 first, T2 second) MoveToOther<T1, T2>(DisposeScope? scope, T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable
    {
        MoveToOther(scope, [first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) MoveToOther<T1, T2, T3>(DisposeScope? scope, T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable
    {
        MoveToOther(scope, [first, second, third]);
        return (first, second, third);
    }

    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables) => MoveToOther(scope, (IEnumerable<IDisposable>)disposables);

    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        ThrowIfDisposed();
        foreach (var disposable in disposables)
        {
            if (!Forget(disposable))
            {
                continue;
            }

            if (scope is not null)
            {
                scope.Adopt(disposable);
            }
            else if (disposable is torch.Tensor tensor)
            {
                tensor.OwningScope = null;
                manager.TensorCounts.DetachedFromScope();
            }
        }
    }

    public void DisposeEverything() => DisposeEverythingBut(Array.Empty<IDisposable>());

    public T DisposeEverythingBut<T>(T keep)
        where T : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[keep]);
        return keep;
    }

    public (T1 first, T2 second) DisposeEverythingBut<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) DisposeEverythingBut<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[first, second, third]);
        return (first, second, third);
    }

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        ThrowIfDisposed();
        var kept = new HashSet<IDisposable>(inKeep, ReferenceEqualityComparer.Instance);
        IDisposable[] doomed;
        lock (gate)
        {
            doomed = [.. disposables.Where(held => !kept.Contains(held))];
        }

        foreach (var disposable in doomed)
        {
            disposable.Dispose();
            Forget(disposable);
        }
    }

    public bool Contains(IDisposable disposable)
    {
        ThrowIfDisposed();
        lock (gate)
        {
            return disposables.Contains(disposable);
        }
    }

    /// <summary>Takes a disposed object off the scope's list.</summary>
    public void MarkAsDisposed(IDisposable disposable)
    {
        Forget(disposable);
        if (disposable is torch.Tensor tensor)
        {
            tensor.OwningScope = null;
        }
    }

    public void Dispose()
    {
        if (disposed)
        {
            return;
        }

        DisposeEverything();
        disposed = true;
        manager.Remove(this);
    }

    internal void Adopt(IDisposable disposable)
    {
        ThrowIfDisposed();
        lock (gate)
        {
            disposables.Add(disposable);
        }

        if (disposable is torch.Tensor tensor)
        {
            tensor.OwningScope = this;
        }
    }

    private bool Forget(IDisposable disposable)
    {
        lock (gate)
        {
            return disposables.Remove(disposable);
        }
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(disposed, this);
}
