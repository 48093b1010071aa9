namespace TorchSharp;

/// <summary>The scopes and the counts of one thread.</summary>
public class DisposeScopeManager
{
    [ThreadStatic]
    private static DisposeScopeManager? ofThread;

    public static ThreadDisposeScopeStatistics Statistics => ThreadSingleton.counts;

    internal static DisposeScopeManager ThreadSingleton => ofThread ??= new();

    private readonly ThreadDisposeScopeStatistics counts = new();

    internal DisposeScope? Current { get; private set; }

    internal LifetimeStatistics TensorCounts => counts.TensorStatistics;

    internal DisposeScope Open() => Current = new(this, Current);

    /// <summary>Takes a scope off the thread's stack, wherever in it the scope is.</summary>
    internal void Remove(DisposeScope scope)
    {
        if (ReferenceEquals(Current, scope))
        {
            Current = scope.OuterScope;
            return;
        }

        for (var inner = Current; inner is not null; inner = inner.OuterScope)
        {
            if (ReferenceEquals(inner.OuterScope, scope))
            {
                inner.OuterScope = scope.OuterScope;
            }
        }
    }

    internal static void Register(torch.Tensor tensor)
    {
        var manager = ThreadSingleton;
        if (manager.Current is { } scope)
        {
            scope.Adopt(tensor);
            manager.TensorCounts.CreatedInScope();
        }
        else
        {
            manager.TensorCounts.CreatedOutsideScope();
        }
    }

    internal static void Disposed(torch.Tensor tensor)
    {
        var tensorCounts = ThreadSingleton.TensorCounts;
        if (tensor.OwningScope is { } scope)
        {
            scope.MarkAsDisposed(tensor);
            tensorCounts.DisposedInScope();
        }
        else
        {
            tensorCounts.DisposedOutsideScope();
        }
    }
}
