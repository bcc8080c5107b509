window.govreport.receive("b0",["。法“\n一普)\n二不、\n治先”","#\n#\n+\n#"]);
