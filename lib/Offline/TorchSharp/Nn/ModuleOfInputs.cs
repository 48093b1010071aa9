namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What can be called with one input.</summary>
        public interface IModule<T, TResult>
        {
            TResult call(T input1);
        }

        /// <summary>What can be called with two inputs.</summary>
        public interface IModule<T1, T2, TResult>
        {
            TResult call(T1 input1, T2 input2);
        }

        /// <summary>A module of one input. <c>call</c> runs the hooks, <c>forward</c> does not.</summary>
        public abstract class Module<T, TResult> : HookableModule<Func<Module<T, TResult>, T, T>, Func<Module<T, TResult>, T, TResult, TResult>>, IModule<T, TResult>
        {
            protected Module(string name)
                : base(name)
            {
            }

            public abstract TResult forward(T input);

            public TResult call(T input)
            {
                foreach (var hook in Hooks.Of(ModulePreHooks))
                {
                    hook(this);
                }

                foreach (var hook in Hooks.Of(PreHooks))
                {
                    if (hook(this, input) is { } modified)
                    {
                        input = modified;
                    }
                }

                var result = forward(input);
                foreach (var hook in Hooks.Of(PostHooks))
                {
                    if (hook(this, input, result) is { } modified)
                    {
                        result = modified;
                    }
                }

                foreach (var hook in Hooks.Of(ModulePostHooks))
                {
                    hook(this);
                }

                return result;
            }
        }

        /// <summary>A module of two inputs. <c>call</c> runs the hooks, <c>forward</c> does not.</summary>
        public abstract class Module<T1, T2, TResult> : HookableModule<Func<Module<T1, T2, TResult>, T1, T2, (T1, T2)?>, Func<Module<T1, T2, TResult>, T1, T2, TResult, TResult>>, IModule<T1, T2, TResult>
        {
            protected Module(string name)
                : base(name)
            {
            }

            public abstract TResult forward(T1 input1, T2 input2);

            public TResult call(T1 input1, T2 input2)
            {
                foreach (var hook in Hooks.Of(ModulePreHooks))
                {
                    hook(this);
                }

                foreach (var hook in Hooks.Of(PreHooks))
                {
                    if (hook(this, input1, input2) is { } modified)
                    {
                        (input1, input2) = modified;
                    }
                }

                var result = forward(input1, input2);
                foreach (var hook in Hooks.Of(PostHooks))
                {
                    if (hook(this, input1, input2, result) is { } modified)
                    {
                        result = modified;
                    }
                }

                foreach (var hook in Hooks.Of(ModulePostHooks))
                {
                    hook(this);
                }

                return result;
            }
        }
    }
}
