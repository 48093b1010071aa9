using TorchSharp;
using static TorchSharp.torch;

namespace Tests.Torch;

[Collection("one at a time")]
public class DisposeScopeTests
{
    [Fact]
    public void A_scope_frees_what_was_made_in_it()
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Tensor inside;
        using (NewDisposeScope())
        {
            inside = ones(3) + ones(3);
            Assert.Equal(before + 3, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }

        Assert.True(inside.IsInvalid);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        var error = Assert.Throws<InvalidOperationException>(() => inside.sum());
        Assert.Equal("Tensor invalid -- empty handle.", error.Message);
    }

    [Fact]
    public void What_is_moved_out_belongs_to_the_outer_scope()
    {
        using var outer = NewDisposeScope();
        Tensor kept;
        using (var inner = NewDisposeScope())
        {
            var spare = ones(2);
            kept = (spare * 2).MoveToOuterDisposeScope();
            Assert.Equal(1, inner.DisposablesCount);
            Assert.True(inner.Contains(spare));
            Assert.True(outer.Contains(kept));
        }

        Assert.False(kept.IsInvalid);
        outer.DisposeEverything();
        Assert.True(kept.IsInvalid);
    }

    [Fact]
    public void Without_an_outer_scope_what_is_moved_out_belongs_to_none()
    {
        Tensor kept;
        using (NewDisposeScope())
        {
            kept = ones(2).MoveToOuterDisposeScope();
        }

        Assert.False(kept.IsInvalid);
        kept.Dispose();
        Assert.True(kept.IsInvalid);
    }

    [Fact]
    public void Detached_tensors_survive_their_scope()
    {
        Tensor first, second;
        using (var scope = NewDisposeScope())
        {
            first = ones(2).DetachFromDisposeScope();
            second = scope.Detach(ones(2));
            Assert.Equal(0, scope.DisposablesCount);
        }

        Assert.Equal([1f, 1f], first.data<float>().ToArray());
        Assert.False(second.IsInvalid);
        first.Dispose();
        second.Dispose();
    }

    [Fact]
    public void Attached_objects_go_with_the_scope()
    {
        var tensor = ones(2);
        var stream = new MemoryStream();
        using (var scope = NewDisposeScope())
        {
            scope.Attach(tensor);
            scope.Attach(stream);
            Assert.Equal(2, scope.DisposablesCount);
        }

        Assert.True(tensor.IsInvalid);
        Assert.False(stream.CanRead);
    }

    [Fact]
    public void Everything_but_what_is_kept_is_freed()
    {
        using var scope = NewDisposeScope();
        var (a, b, c) = (ones(1), ones(1), ones(1));
        scope.DisposeEverythingBut(b, c);
        Assert.True(a.IsInvalid);
        Assert.Equal(2, scope.DisposablesView.Count);
        scope.DisposeEverythingBut(c);
        Assert.True(b.IsInvalid);
        Assert.False(c.IsInvalid);
    }

    [Fact]
    public void A_disposed_tensor_leaves_its_scope()
    {
        using var scope = NewDisposeScope();
        ones(4).Dispose();
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void A_disposed_scope_cannot_be_used()
    {
        var scope = NewDisposeScope();
        scope.Dispose();
        scope.Dispose();
        Assert.Throws<ObjectDisposedException>(() => scope.Attach(new MemoryStream()));
        Assert.Throws<ObjectDisposedException>(scope.DisposeEverything);
        Assert.Null(CurrentDisposeScope);
    }

    [Fact]
    public void An_outer_scope_may_go_first()
    {
        var outer = NewDisposeScope();
        var inner = NewDisposeScope();
        outer.Dispose();
        Assert.Same(inner, CurrentDisposeScope);
        inner.Dispose();
        Assert.Null(CurrentDisposeScope);
    }

    [Fact]
    public void A_wrapped_expression_keeps_its_result_only()
    {
        using var scope = NewDisposeScope();
        var result = WrappedTensorDisposeScope(() => (ones(2) + 1) * 3);
        Assert.Equal(1, scope.DisposablesCount);
        Assert.Equal([6f, 6f], result.data<float>().ToArray());
    }

    [Fact]
    public void Scopes_are_the_thread_s_own()
    {
        using var scope = NewDisposeScope();
        var elsewhere = default(Tensor);
        var thread = new Thread(() =>
        {
            Assert.Null(CurrentDisposeScope);
            elsewhere = ones(2);
        });
        thread.Start();
        thread.Join();
        Assert.Equal(0, scope.DisposablesCount);
        Assert.False(elsewhere!.IsInvalid);
        elsewhere.Dispose();
    }

    [Fact]
    public void Counts_tell_creation_from_moving()
    {
        var counts = default(LifetimeStatistics);
        var thread = new Thread(() =>
        {
            var free = ones(1);
            using (var scope = NewDisposeScope())
            {
                var (a, b) = (ones(1), ones(1));
                scope.Attach(free);
                scope.Detach(a);
                b.Dispose();
                a.Dispose();
            }

            counts = DisposeScopeManager.Statistics.TensorStatistics;
        });
        thread.Start();
        thread.Join();
        Assert.Equal(
            (1L, 2L, 1L, 1L, 2L, 1L, 0L),
            (counts!.CreatedOutsideScopeCount, counts.CreatedInScopeCount, counts.AttachedToScopeCount, counts.DetachedFromScopeCount, counts.DisposedInScopeCount, counts.DisposedOutsideScopeCount, counts.ThreadTotalLiveCount));
    }

    [Fact]
    public void The_finaliser_frees_what_nobody_did()
    {
        var before = Tensor.TotalCount;
        Abandon(2000);
        for (var i = 0; i < 20 && Tensor.TotalCount > before + 1000; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.InRange(Tensor.TotalCount, 0, before + 1000);

        static void Abandon(int count)
        {
            for (var i = 0; i < count; i++)
            {
                _ = ones(1);
            }
        }
    }
}
