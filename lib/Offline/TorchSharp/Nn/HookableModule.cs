namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module that runs other people's code before and after its own when it is called.</summary>
        public abstract class HookableModule<TPreHook, TPostHook> : Module
        {
            private protected HookableModule(string name)
                : base(name)
            {
            }

            private protected Dictionary<string, TPreHook>? PreHooks { get; private set; }

            private protected Dictionary<string, TPostHook>? PostHooks { get; private set; }

            private protected Dictionary<string, Action<Module>>? ModulePreHooks { get; private set; }

            private protected Dictionary<string, Action<Module>>? ModulePostHooks { get; private set; }

            public HookRemover register_forward_hook(TPostHook hook)
            {
                var key = NewKey();
                (PostHooks ??= []).Add(key, hook);
                return new HookRemover(this, key);
            }

            public HookRemover register_forward_pre_hook(TPreHook hook)
            {
                var key = NewKey();
                (PreHooks ??= []).Add(key, hook);
                return new HookRemover(this, key);
            }

            public HookRemover register_forward_hook(Action<Module> hook)
            {
                var key = NewKey();
                (ModulePostHooks ??= []).Add(key, hook);
                return new HookRemover(this, key);
            }

            public HookRemover register_forward_pre_hook(Action<Module> hook)
            {
                var key = NewKey();
                (ModulePreHooks ??= []).Add(key, hook);
                return new HookRemover(this, key);
            }

            private static string NewKey() => Guid.NewGuid().ToString();

            private void Remove(string key)
            {
                PreHooks?.Remove(key);
                PostHooks?.Remove(key);
                ModulePreHooks?.Remove(key);
                ModulePostHooks?.Remove(key);
            }

            /// <summary>Takes a hook away again.</summary>
            public class HookRemover(HookableModule<TPreHook, TPostHook> module, string key)
            {
                public void remove() => module.Remove(key);
            }
        }
    }
}
